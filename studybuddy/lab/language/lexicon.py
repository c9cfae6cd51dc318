"""The words of the small language and what the grammar must know of each.

Chinese is given in words, already divided. Past tenses that equal the base form (put, cut)
are left out: a source sentence must have one translation only.
"""

from __future__ import annotations

from typing import NamedTuple


class Noun(NamedTuple):
    """A noun with its plural and the classifier that counts it."""

    one: str
    many: str
    zh: str
    classifier: str


class Verb(NamedTuple):
    """A verb's base, third person and past; `state` verbs take neither 了 nor 没有."""

    base: str
    third: str
    past: str
    zh: str
    state: bool = False


class Adjective(NamedTuple):
    """An adjective; `comparative` is empty where English needs "more"."""

    en: str
    zh: str
    comparative: str = ""


class Time(NamedTuple):
    """A time adverbial of one or several English words; `tenses` are those it goes with."""

    en: tuple[str, ...]
    zh: str
    tenses: tuple[str, ...]


def _nouns(text: str) -> tuple[Noun, ...]:
    return tuple(Noun(*line.split()) for line in text.strip().splitlines())


def _verbs(text: str) -> tuple[Verb, ...]:
    rows = [line.split() for line in text.strip().splitlines()]
    return tuple(Verb(row[0], row[1], row[2], row[3], len(row) > 4) for row in rows)


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


ANIMATE = _nouns("""
dog dogs 狗 只
cat cats 猫 只
bird birds 鸟 只
horse horses 马 匹
child children 孩子 个
teacher teachers 老师 位
student students 学生 个
doctor doctors 医生 位
girl girls 女孩 个
boy boys 男孩 个
man men 男人 个
woman women 女人 个
friend friends 朋友 个
farmer farmers 农民 个
nurse nurses 护士 位
singer singers 歌手 位
soldier soldiers 士兵 名
king kings 国王 位
cow cows 牛 头
monkey monkeys 猴子 只
rabbit rabbits 兔子 只
duck ducks 鸭子 只
""")

THINGS = _nouns("""
book books 书 本
letter letters 信 封
picture pictures 照片 张
apple apples 苹果 个
cup cups 杯子 个
chair chairs 椅子 把
table tables 桌子 张
car cars 汽车 辆
bicycle bicycles 自行车 辆
hat hats 帽子 顶
shirt shirts 衬衫 件
flower flowers 花 朵
key keys 钥匙 把
map maps 地图 张
ball balls 球 个
box boxes 箱子 个
umbrella umbrellas 雨伞 把
lamp lamps 灯 盏
cake cakes 蛋糕 块
phone phones 手机 部
bag bags 包 个
bottle bottles 瓶子 个
newspaper newspapers 报纸 份
ring rings 戒指 枚
coat coats 外套 件
skirt skirts 裙子 条
plate plates 盘子 个
boat boats 船 条
egg eggs 鸡蛋 个
toy toys 玩具 个
guitar guitars 吉他 把
computer computers 电脑 台
""")

TOOLS = _nouns("""
knife knives 刀 把
spoon spoons 勺子 把
pen pens 笔 支
camera cameras 相机 台
rope ropes 绳子 条
""")

PLACES = (
    ("garden", "花园"),
    ("house", "房子"),
    ("school", "学校"),
    ("park", "公园"),
    ("kitchen", "厨房"),
    ("library", "图书馆"),
    ("market", "市场"),
    ("office", "办公室"),
    ("forest", "森林"),
    ("station", "车站"),
    ("shop", "商店"),
    ("village", "村子"),
    ("hospital", "医院"),
    ("restaurant", "餐厅"),
    ("hotel", "酒店"),
    ("museum", "博物馆"),
    ("city", "城市"),
    ("square", "广场"),
    ("bank", "银行"),
    ("church", "教堂"),
    ("theatre", "剧院"),
)

LANDMARKS = (("tree", "树"), ("bridge", "桥"), ("mountain", "山"), ("tower", "塔"), ("wall", "墙"))

PLACE_WORDS = (
    (("in",), "里"),
    (("behind",), "后面"),
    (("near",), "旁边"),
    (("in", "front", "of"), "前面"),
)
LANDMARK_WORDS = ((("under",), "下面"), *PLACE_WORDS[1:])

INTRANSITIVE = _verbs("""
sleep sleeps slept 睡觉
run runs ran 跑步
smile smiles smiled 笑
sing sings sang 唱歌
dance dances danced 跳舞
wait waits waited 等
work works worked 工作
swim swims swam 游泳
rest rests rested 休息
sit sits sat 坐
cry cries cried 哭
jump jumps jumped 跳
laugh laughs laughed 大笑
study studies studied 学习
pray prays prayed 祈祷
cough coughs coughed 咳嗽
""")

TRANSITIVE = _verbs("""
see sees saw 看见
like likes liked 喜欢 state
find finds found 找到
draw draws drew 画
need needs needed 需要 state
forget forgets forgot 忘记
remember remembers remembered 记得 state
touch touches touched 摸
watch watches watched 观看
hide hides hid 藏
choose chooses chose 选
describe describes described 描述
""")

WITH_PEOPLE = _verbs("""
help helps helped 帮助
follow follows followed 跟随
thank thanks thanked 感谢
meet meets met 遇见
love loves loved 爱 state
visit visits visited 拜访
call calls called 叫
teach teaches taught 教
""")

WITH_THINGS = _verbs("""
buy buys bought 买
sell sells sold 卖
wash washes washed 洗
carry carries carried 搬
lose loses lost 丢
break breaks broke 打破
repair repairs repaired 修理
steal steals stole 偷
open opens opened 打开
""")

GIVING = _verbs("""
give gives gave 送
send sends sent 寄
bring brings brought 带
lend lends lent 借
""")

SAYING = _verbs("""
say says said 说 state
think thinks thought 觉得 state
hope hopes hoped 希望 state
know knows knew 知道 state
""")

OF_PEOPLE = (
    Adjective("young", "年轻", "younger"),
    Adjective("old", "老", "older"),
    Adjective("tall", "高", "taller"),
    Adjective("happy", "高兴", "happier"),
    Adjective("sad", "难过", "sadder"),
    Adjective("clever", "聪明", "cleverer"),
    Adjective("busy", "忙", "busier"),
    Adjective("strong", "强壮", "stronger"),
    Adjective("brave", "勇敢", "braver"),
    Adjective("kind", "善良", "kinder"),
    Adjective("poor", "穷", "poorer"),
    Adjective("rich", "富有", "richer"),
    Adjective("tired", "累"),
)
OF_THINGS = (
    Adjective("red", "红"),
    Adjective("blue", "蓝"),
    Adjective("white", "白"),
    Adjective("new", "新"),
    Adjective("cheap", "便宜"),
    Adjective("heavy", "重"),
    Adjective("expensive", "贵"),
    Adjective("green", "绿"),
    Adjective("black", "黑"),
    Adjective("dirty", "脏"),
    Adjective("soft", "软"),
    Adjective("broken", "坏"),
)
OF_ANYTHING = (
    Adjective("big", "大", "bigger"),
    Adjective("small", "小", "smaller"),
    Adjective("beautiful", "漂亮"),
)

NUMBERS = (
    ("two", "两"),
    ("three", "三"),
    ("four", "四"),
    ("five", "五"),
    ("six", "六"),
    ("seven", "七"),
    ("eight", "八"),
    ("nine", "九"),
    ("ten", "十"),
)
OWNERS = (
    ("my", "我"),
    ("your", "你"),
    ("his", "他"),
    ("her", "她"),
    ("our", "我们"),
    ("their", "他们"),
)
SUBJECTS = (
    ("I", "我"),
    ("you", "你"),
    ("he", "他"),
    ("she", "她"),
    ("we", "我们"),
    ("they", "他们"),
)
OBJECTS = (("me", "我"), ("him", "他"), ("us", "我们"), ("them", "他们"))

MANNERS = (
    ("quietly", "悄悄地"),
    ("quickly", "很快地"),
    ("slowly", "慢慢地"),
    ("carefully", "小心地"),
    ("happily", "高兴地"),
    ("loudly", "大声地"),
    ("politely", "礼貌地"),
)
FREQUENCIES = (
    ("often", "经常"),
    ("always", "总是"),
    ("sometimes", "有时"),
    ("never", "从不"),
    ("usually", "通常"),
    ("rarely", "很少"),
)
MODALS = (("will", "会"), ("can", "能"), ("should", "应该"))

TIMES = (
    Time(("yesterday",), "昨天", ("past",)),
    Time(("last", "week"), "上周", ("past",)),
    Time(("last", "year"), "去年", ("past",)),
    Time(("last", "month"), "上个月", ("past",)),
    Time(("tomorrow",), "明天", ("modal",)),
    Time(("next", "week"), "下周", ("modal",)),
    Time(("next", "year"), "明年", ("modal",)),
    Time(("tonight",), "今晚", ("modal",)),
    Time(("every", "day"), "每天", ("present",)),
    Time(("today",), "今天", ("present", "past", "modal")),
    Time(("in", "the", "morning"), "早上", ("present", "past", "modal")),
    Time(("in", "the", "afternoon"), "下午", ("present", "past", "modal")),
    Time(("at", "night"), "晚上", ("present", "past", "modal")),
)

FUNCTION_EN = _set(
    "the a an this these every some many that who what where do does did not is are am was were "
    "very than there to with and but because if although . , ?"
)
FUNCTION_ZH = _set(
    "一 这 这些 每 一些 很多 的 谁 什么 哪里 吗 了 不 没有 很 非常 比 有 给 用 在 和 而且 但是 "
    "因为 所以 如果 那么 虽然 。 ， ？"
)


def _collect() -> tuple[frozenset[str], frozenset[str]]:
    en, zh = set(FUNCTION_EN), set(FUNCTION_ZH)
    for noun in (*ANIMATE, *THINGS, *TOOLS):
        en |= {noun.one, noun.many}
        zh |= {noun.zh, noun.classifier}
    for verb in (*INTRANSITIVE, *TRANSITIVE, *WITH_PEOPLE, *WITH_THINGS, *GIVING, *SAYING):
        en |= {verb.base, verb.third, verb.past}
        zh.add(verb.zh)
    for adjective in (*OF_PEOPLE, *OF_THINGS, *OF_ANYTHING):
        en |= {adjective.en, adjective.comparative} - {""}
        zh.add(adjective.zh)
    pairs: list[tuple[str, str]] = [*PLACES, *LANDMARKS, *NUMBERS, *OWNERS, *SUBJECTS, *OBJECTS]
    pairs += [*MANNERS, *FREQUENCIES, *MODALS]
    en |= {pair[0] for pair in pairs}
    zh |= {pair[1] for pair in pairs}
    for time in TIMES:
        en |= set(time.en)
        zh.add(time.zh)
    for words, word in (*PLACE_WORDS, *LANDMARK_WORDS):
        en |= set(words)
        zh.add(word)
    return frozenset(en), frozenset(zh)


ENGLISH, CHINESE = _collect()
"""Every word of each side; function words and punctuation included."""
