package crash

// allTurns are the words for how two goroutines get in each other's way. "$"
// is the variable.
type allTurns struct {
	head       string
	one, other string // who, before what is done
	columns    [3]string

	counts, computes, appends turnWords
	mapWrites, mapRead        turnWords
	writes, reads             turnWords
}

type turnWords struct {
	steps []turn
	end   string
}

var englishTurns = allTurns{
	head: "One order of steps in which it goes wrong:",
	one:  "one goroutine ", other: "the other ",
	columns: [3]string{"step", "one goroutine", "the other"},
	counts: turnWords{
		[]turn{{false, "reads $: "}, {true, "reads $: "}, {false, "writes $ = "}, {true, "writes $ = "}},
		"Both have changed $, but it has changed only once: one of the two updates is lost.",
	},
	computes: turnWords{
		[]turn{{false, "reads $"}, {true, "reads $, still the old value"}, {false, "writes its result"}, {true, "writes its own result over it"}},
		"$ looks as if only one of them had changed it: one of the two updates is lost.",
	},
	appends: turnWords{
		[]turn{{false, "reads how long $ is"}, {true, "reads the same length"}, {false, "puts its element behind the last one, makes $ longer by one"}, {true, "puts its element in the same place, makes it just as long"}},
		"Two were added, and $ is longer by one only: an element is lost.",
	},
	mapWrites: turnWords{
		[]turn{{false, "looks for a free place in the map"}, {true, "finds the same free place"}, {false, "puts its entry there"}, {true, "puts its own entry over it"}},
		"An entry is lost. Or Go notices that two write at once, and ends the program: “concurrent map writes”.",
	},
	mapRead: turnWords{
		[]turn{{false, "writes: the map becomes larger, and its entries begin to move"}, {true, "reads the map in the middle of that"}, {false, "moves the other entries"}},
		"An entry that is there may not be found. Or Go notices it, and ends the program: “concurrent map read and map write”.",
	},
	writes: turnWords{
		[]turn{{false, "writes its value"}, {true, "writes its own value over it"}},
		"What stays is the value of whoever came last, and that can be another one in each run.",
	},
	reads: turnWords{
		[]turn{{true, "reads: still the old value"}, {false, "writes the new one"}, {true, "goes on with the old one"}},
		"What it goes on with is no longer true, and nothing makes sure that this cannot happen. Where nobody waits, Go does not even promise that a value written earlier is seen.",
	},
}

var chineseTurns = allTurns{
	head: "出错的一种先后：",
	one:  "一个 goroutine：", other: "另一个：",
	columns: [3]string{"步骤", "一个 goroutine", "另一个"},
	counts: turnWords{
		[]turn{{false, "读 $，得到 "}, {true, "读 $，得到 "}, {false, "写 $ = "}, {true, "写 $ = "}},
		"两个都改了 $，它却只变了一次：丢了一次更新。",
	},
	computes: turnWords{
		[]turn{{false, "读 $"}, {true, "也读 $，还是旧值"}, {false, "写回自己的结果"}, {true, "写回自己的结果，把前一个盖掉"}},
		"看上去只有一个改过 $：丢了一次更新。",
	},
	appends: turnWords{
		[]turn{{false, "读 $ 的长度"}, {true, "读到同样的长度"}, {false, "把元素放在末尾，长度加一"}, {true, "把元素放在同一个位置，写下同样的长度"}},
		"追加了两个元素，$ 却只长了一个：丢了一个元素。",
	},
	mapWrites: turnWords{
		[]turn{{false, "在 map 里找空位"}, {true, "找到同一个空位"}, {false, "把自己的条目放进去"}, {true, "放进自己的条目，把前一个盖掉"}},
		"丢了一个条目。也可能 Go 发现两个同时在写，于是结束程序：“concurrent map writes”。",
	},
	mapRead: turnWords{
		[]turn{{false, "写：map 变大，条目开始搬家"}, {true, "正在这时读这个 map"}, {false, "搬完其余的条目"}},
		"可能找不到明明有的条目。也可能 Go 发现了，于是结束程序：“concurrent map read and map write”。",
	},
	writes: turnWords{
		[]turn{{false, "写下自己的值"}, {true, "写下自己的值，把前一个盖掉"}},
		"留下的是后写的那个值，而谁后写，每次运行都可能不同。",
	},
	reads: turnWords{
		[]turn{{true, "读：还是旧值"}, {false, "写入新值"}, {true, "拿着旧值继续"}},
		"它手里的值已经过时了，而没有任何东西能防止这种先后。只要没有谁等谁，Go 甚至不保证先写的值会被看到。",
	},
}
