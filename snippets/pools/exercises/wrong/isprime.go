package wrong

// OddPrime mends the numbers below 2 and forgets 2 itself.
func OddPrime(n int) bool {
	if n < 2 || n%2 == 0 {
		return false
	}
	for d := 3; d*d <= n; d += 2 {
		if n%d == 0 {
			return false
		}
	}
	return true
}

// OnePrime mends 2 and leaves 1 as it was.
func OnePrime(n int) bool {
	if n%2 == 0 {
		return n == 2
	}
	for d := 3; d*d <= n; d += 2 {
		if n%d == 0 {
			return false
		}
	}
	return true
}

// SquarePrime stops before the root, so squares of primes pass.
func SquarePrime(n int) bool {
	if n < 2 || n%2 == 0 {
		return n == 2
	}
	for d := 3; d*d < n; d += 2 {
		if n%d == 0 {
			return false
		}
	}
	return true
}

// EndlessPrime does not come to an end for even numbers.
func EndlessPrime(n int) bool {
	for n%2 == 0 {
		if n == 2 {
			return true
		}
	}
	return n > 1 && SquarePrime(n)
}
