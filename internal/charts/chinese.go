package charts

import "lanebook/internal/measure"

var chinese = words{
	space: "", comma: "，", listed: "、", colon: "。", none: "–", table: "用表格看",

	faster:     "“%s”的速度是“%[3]s”的 %[2]s 倍（95%% 的把握：%[4]s 到 %[5]s 倍）。",
	slower:     "“%s”花的时间是“%[3]s”的 %[2]s 倍（95%% 的把握：%[4]s 到 %[5]s 倍）。",
	unclear:    "“%s”和“%s”之间看不出超过噪声的差别：比值可能是 %s 到 %s 之间的任何数。",
	oneCore:    "不下结论：这个程序只能用一个核，没有什么能真正同时运行。",
	busy:       "不下结论：这个程序想用 %d 个核，只得到 %.1f 个，因为别的程序正在忙。等机器空闲时再运行一次。",
	busyOnce:   "别的程序正在忙：%d 个核里，这个程序最多只能得到 %.1f 个。需要更多核的代码会比平时慢。",
	unprobed:   "不下结论：无法得知机器能让出多少个核。",
	few:        "不下结论：每种情形只有 %d 个样本，至少要 6 个。请多给一些时间：kernelext.Budget(%d*time.Second)。",
	fewAsked:   "不下结论：每种情形只有 %d 个样本，至少要 6 个：kernelext.Samples(6) 或更多。",
	observed:   "有记录时，用时是原来的 %s 倍（95%% 的把握：%s 到 %s 倍）。所以 Lanes 画出来的那次运行，比没有人看时要慢：这就是观察者效应。",
	unobserved: "记录与不记录之间看不出超出噪声的差别：用时可能是原来的 %s 到 %s 倍。Lanes 画出来的，与没有人看时差不多。",
	caseTime:   "“%s” %s",
	medians:    "每次调用的时间：%s（都是中位数：一半样本比它短，一半比它长）。",
	cold:       "只测到了每种情形的第一次调用，没有预热，因为这一次就用完了全部时间。",
	outliers:   "有些样本离群，但中位数不受影响：%s。",
	farCase:    "“%[2]s”有 %[1]d 个（最远 %[3]s）",
	hollow:     "“%s”并不比调用一个空函数（%s）更费时：也许编译器把计算删掉了。请把结果存到函数外面的变量里。",
	tooShort:   "这么短的一次运行说明不了什么：在最后加上参数 kernelext.Budget(time.Second)，就会重复测量。",
	yardstick:  "比较的基准", noVerdict: "不下结论", asFast: "速度是 %s 倍", asLong: "用时是 %s 倍", same: "看不出差别",
	aside:     "%.1f 个核 · 分配 %s 次",
	oneSample: "一个样本", median: "中位数", interval: "中位数的 95% 区间", farOff: "离群的样本",
	logAxis: "每条线是前一条的 %s 倍", samples: "各 %s 个样本", shuffled: "，顺序随机", given: "测量时机器给了 %.1f 个核（共 %d 个）",
	timeColumns: []string{"情形", "每次调用", "95% 区间", "与第一个相比", "忙碌的核", "内存分配", "字节", "样本", "每个样本的调用次数"},

	onceLine: "%s：实际 %s · 处理器时间：程序内（user）%s + 操作系统内（system）%s · 平均用满 %.2f 个核（共 %d 个）· 分配 %s 次（%s）",
	byClock:  "实际时间", user: "程序内的处理器时间（user）", system: "操作系统内（system）", coresBusy: "个核在忙（共 %d 个）", allocations: "次内存分配，%s",

	best:  "用 %d 个时最快：速度是 %[3]d 个时的 %[2]s 倍（95%% 的把握：%[4]s 到 %[5]s 倍）。",
	law:   "阿姆达尔定律说：不能分给多个 worker 的那部分工作，worker 再多也要花同样的时间，所以加速有上限。",
	share: "按这条定律拟合：有 %.0f%% 的工作无法分给多个 worker（95%% 的把握：%.0f%% 到 %.0f%%）。",
	lawWhy: map[string]string{
		measure.TwoPoints:   "只有 %d 个核，不同的点就只有两个，而任何两点都能让定律穿过：所得的 %.0f%% 不可分割的工作只能当作提示。",
		measure.NoGain:      "worker 多了也没有变快：请看看它们在等什么。",
		measure.SuperLinear: "变快的程度超过了 worker 的数量，说明还有别的东西也变了（缓存，或者工作本身）。",
		measure.PoorFit:     "这些点不符合阿姆达尔定律（只有不可分割的那部分工作限制加速），所以不画它的曲线。",
		measure.Uncertain:   "样本的噪声太大，说不出有多少工作不可分割。",
	},
	noLaw:    "看不出哪个数量有超过噪声的差别。",
	xWorkers: "worker 的数量", ySpeedUp: "速度是几倍",
	idealLine: "理想情况", coreLimit: "%d 个核：不能有更多同时工作", lawLine: "阿姆达尔定律：%.0f%% 不可分割", measuredLine: "实测（中位数）",
	sweepColumns: []string{"", "每次调用", "与数量最少时相比", "95% 区间", "忙碌的核", "内存分配", "样本"},

	oneOutcome:   "%d 次运行的结果全是“%s”。",
	oneRun:       "唯一的一次运行结果是“%s”。",
	noProof:      "但这不是证明：平均 %d 次才出现不到一次的情况，很可能没有碰上。",
	outcomes:     "%d 次运行出现了 %d 种不同的结果；最常见的是“%s”，占 %s%%。",
	rarest:       "最少见的是“%s”（%d 次，第一次出现在第 %d 次运行）。",
	orders:       "标记出现了 %d 种不同的顺序。",
	orderDecides: "没有哪种顺序对应两种结果：是顺序决定了结果。",
	orderNotAll:  "同一种顺序也出现了不同的结果：还有标记没有显示出来的因素在起作用。",
	otherOrders:  "其他顺序",
	moreOutcomes: "另外 %d 种结果",
	neverBack:    "这 %d 次之后，有一次运行没有返回。",
	tallyTime:    "时间到了，%[2]d 次运行只完成了 %[1]d 次。需要更多时间：kernelext.Budget(%[3]d*time.Second)。",
	runs:         "共运行 %s 次，每次 %s",
	tallyColumns: []string{"结果", "次数", "比例", "首次出现在第几次"},

	predict: "先预测", label: "：", showAnswer: "看结果", answerIs: "结果是：%s。", youSaid: "你的预测是：%s。",
	right: "和你的预测一致", wrong: "和你的预测不同",

	fig: &chineseFigures,
}
