# SPDX-License-Identifier: Apache-2.0
"""Invented dialogue and codebooks for measuring, the same on every machine: 60 % Simplified, 40 % Traditional."""
import random

WORDS = (
    "社区 民警 社工 居民 派出所 街道 纠纷 调解 报警 噪音 邻居 老人 孩子 家庭 矛盾 巡逻 值班 台账 报表 检查 考核 指标 任务 会议 培训 "
    "年轻人 退休 人手 警力 加班 夜班 电话 微信 群里 走访 入户 信任 沟通 倾听 情绪 心理 帮助 服务 资源 项目 合作 部门 机构 志愿者 "
    "楼道 物业 停车 宠物 漏水 租客 房东 小区 门禁 监控 视频 数据 系统 平台 信息 安全 诈骗 宣传 活动 中心 书记 主任 领导 同事 师傅 "
    "案件 处理 协调 联动 机制 制度 流程 材料 文件 记录 总结 计划 时间 压力 经验 方法 办法 问题 情况 关系 态度 语气 道理 感觉 认识"
).split()
# What people talk about besides: most words of an interview are in no codebook.
SYLLABLES = ("天地山水风雨田园城乡村镇街巷门窗车船路桥书报笔纸衣食住行早晚春夏秋冬东南西北前后左右上下大小高低长短新旧好坏多少快慢"
             "轻重冷热干湿明暗红黄蓝绿黑白金木火土石花草树鸟鱼猫狗牛羊马鸡米面菜汤茶酒糖盐手脚头脸眼耳口心身力气声色光影梦想话语")
OTHERS = [a + b for a in SYLLABLES[::3] for b in SYLLABLES[::4]]
JOINS = "我们 他们 那个 就是 然后 其实 有时候 每天 一般 大概 已经 还是 不过 因为 所以 如果 觉得 知道 需要 可以 应该 不能 没有 很多 一些 慢慢 经常".split()
ENDS = ["。", "。", "。", "？", "！", "……", "；"]
TRADITIONAL = dict(zip("区报识调居邻孩庭检务议训轻退岁电话访户诉绪资项门构愿楼业车宠数据统台骗传动书导处协联机制记录总结计时间压经验办问题况关态语气觉认师领没们个实还应该过为为么说这来对会给从里发让见长东种现",
                       "區報識調居鄰孩庭檢務議訓輕退歲電話訪戶訴緒資項門構願樓業車寵數據統臺騙傳動書導處協聯機制記錄總結計時間壓經驗辦問題況關態語氣覺認師領沒們個實還應該過為為麼說這來對會給從裡發讓見長東種現"))


def sentence(choose):
    parts = []
    for _ in range(choose.randint(2, 4)):
        clause = [choose.choice(JOINS)]
        for _ in range(choose.randint(1, 3)):
            clause.append(choose.choice(WORDS if choose.random() < 0.25 else OTHERS))
            if choose.random() < 0.5:
                clause.append(choose.choice("的了在是和去做有说"))
        parts.append("".join(clause))
    return "，".join(parts) + choose.choice(ENDS)


def turns(count=12000):
    """Pairs of (interviewer's turn, participant's turn), without labels."""
    choose = random.Random(20210308)
    made = []
    for number in range(count):
        question = sentence(choose)
        answer = "".join(sentence(choose) for _ in range(choose.randint(1, 5)))
        if number % 5 < 2:
            question, answer = (text.translate(str.maketrans(TRADITIONAL)) for text in (question, answer))
        made.append((question, answer))
    return made


def documents(megabytes, document_bytes=20_000):
    """Yields (name, bytes) of whole dialogues until the size is reached."""
    choose = random.Random(7)
    pool = [(f"问：{q}\n".encode(), a.encode()) for q, a in turns()]
    left = int(megabytes * 1_000_000)
    number = 0
    while left > 0:
        number += 1
        person = f"P{number % 400 + 1}"
        label = f"{person}：".encode()
        parts = []
        size = 0
        while size < min(document_bytes, left):
            question, answer = choose.choice(pool)
            parts += [question, label, answer, b"\n"]
            size += len(question) + len(label) + len(answer) + 1
        left -= size
        yield f"{number:05d}_{person}", b"".join(parts)


def terms(count):
    """Terms of two to four characters, the commoner ones first."""
    choose = random.Random(3)
    chosen = list(WORDS[:count // 5])
    while len(chosen) < count:
        words = WORDS if choose.random() < 0.6 else OTHERS
        word = choose.choice(words) + choose.choice(words)
        cut = word[choose.randint(0, 1):][:choose.randint(2, 4)]
        if cut not in chosen:
            chosen.append(cut)
    return chosen


def codebook(words, codes=12):
    lines = ["name: 测速", "codes:"]
    for code in range(codes):
        lines += [f"  - name: 编码{code + 1}", "    rules:"] + [f"      - {word}" for word in words[code::codes]]
    return "\n".join(lines) + "\n"
