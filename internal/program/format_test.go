package program

import "testing"

func TestFormat(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"declarations", "func f( ){\nreturn\n}", "func f() {\n\treturn\n}"},
		{"statements", "x:=1\nif x==1 {\nfmt.Println( x )\n}\n", "x := 1\nif x == 1 {\n\tfmt.Println(x)\n}\n"},
		{"both sides of %%", "import \"fmt\"\nfunc f( ){}\n\n%%\nx:=1\nfmt.Println( x )", "import \"fmt\"\n\nfunc f() {}\n\n%%\nx := 1\nfmt.Println(x)"},
		{"import, then statements", "import   \"fmt\"\n\nfmt.Println( 1 )", "import \"fmt\"\n\nfmt.Println(1)"},
		{"special lines stay", "%args  a   b\n!ls   -l\nx:=1 ; _=x", "%args  a   b\n!ls   -l\nx := 1\n_ = x"},
		{"special line in a raw string", "s:=`\n%args   x\n`\n_=s", "s := `\n%args   x\n`\n_ = s"},
		{"only special lines", "!ls   -l", "!ls   -l"},
		{"not Go", "%%bash\nif   true; then echo; fi", "%%bash\nif   true; then echo; fi"},
		{"unfinished", "x:=(1", "x:=(1"},
		{"comment first", "// why\nx:=1\n_=x", "// why\nx := 1\n_ = x"},
		{"comment between", "import \"fmt\"\n\n// why\nfmt.Println( 1 )", "import \"fmt\"\n\n// why\nfmt.Println(1)"},
		{"Chinese", "fmt.Println( \"你好\" )", "fmt.Println(\"你好\")"},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Format(tt.in)
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			if again := Format(got); again != got {
				t.Errorf("a second time:\n%s", again)
			}
		})
	}
}
