//go:build lanebook_deep

// Empty: with an assembly file in the package, the compiler allows functions
// without a body, which the linker finds in the runtime.
