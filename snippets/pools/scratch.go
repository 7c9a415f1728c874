package pools

import "os"

// Scratch makes two empty folders for a try, and a function that removes them
// again with everything in them.
func Scratch() (src, dst *os.Root, remove func(), err error) {
	dir, err := os.MkdirTemp("", "pools")
	if err != nil {
		return nil, nil, nil, err
	}
	var roots []*os.Root
	remove = func() {
		for _, r := range roots {
			r.Close()
		}
		os.RemoveAll(dir)
	}
	for _, name := range []string{"from", "to"} {
		root, err := openNew(dir + "/" + name)
		if err != nil {
			remove()
			return nil, nil, nil, err
		}
		roots = append(roots, root)
	}
	return roots[0], roots[1], remove, nil
}

// openNew makes a folder and opens it.
func openNew(dir string) (*os.Root, error) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	return os.OpenRoot(dir)
}
