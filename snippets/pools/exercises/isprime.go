package exercises

import "lanebook/kernelext/check"

// CheckIsPrime judges a test for prime numbers.
func CheckIsPrime(isPrime func(int) bool) check.Result {
	try := func(t *check.T, n int, want bool) {
		t.Try("IsPrime(%v)", n)
		check.Equal(t, isPrime(n), want)
	}
	return check.Run("IsPrime",
		check.That(check.Say("3, 5, 7 and 97 are primes", "3、5、7、97 是质数"), func(t *check.T) {
			for _, n := range []int{3, 5, 7, 97} {
				try(t, n, true)
			}
		}),
		check.That(check.Say("2 is a prime, the only even one", "2 是质数，唯一的偶质数"), func(t *check.T) {
			try(t, 2, true)
		}),
		check.That(check.Say("1 is none, nor is 0, nor any negative number", "1 不是，0 不是，负数也都不是"), func(t *check.T) {
			for _, n := range []int{1, 0, -1, -2, -7} {
				try(t, n, false)
			}
		}),
		check.ForAll(check.Say("every other number is judged rightly, squares of primes too", "其余的数也都判断正确，包括质数的平方"), check.Ints(-50, 3000), func(t *check.T, n int) {
			try(t, n, isPrimeSlowly(n))
		}),
	)
}

// isPrimeSlowly counts divisors, so it cannot go wrong in a clever way.
func isPrimeSlowly(n int) bool {
	divisors := 0
	for d := 1; d <= n; d++ {
		if n%d == 0 {
			divisors++
		}
	}
	return divisors == 2
}
