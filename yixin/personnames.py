"""What tells the name of a human being from that of an organisation, a place or a title."""

import re

from .text import clean_text

LONGEST = 60


def _words(text: str) -> list[str]:
    return text.split()


DOUBLE_SURNAMES = frozenset(
    _words(
        "欧阳 司马 上官 诸葛 司徒 东方 独孤 南宫 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 轩辕 端木 百里 呼延 东郭 "
        "南门 西门 申屠 公冶 淳于 单于 太史 闻人 澹台 濮阳 钟离 万俟 赫连 闾丘 拓跋 完颜 左丘 梁丘"
    )
)
# The commonest of the country, and those met in Jiangxi. Rare ones that begin many ordinary words (国, 信, 平, 公) are
# left out: to ask about a person is better than to take an organisation for one.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛"
    "邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路"
    "游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古缪简车项连芦麻褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂"
    "全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查苑迟邝官谈匡鞠惠荆乐冀郁胥南班储原栗燕"
    "楚鄢劳谌奚皮冼蔺楼盘郜阚权强帅练廉禹井祖漆巴支卿狄计宣晋占揭幸衷危况肇丘洪封常季湛"
)
# What stands in the name of an organisation and in no human being's, wherever it stands …
_OF_ORGANIZATIONS = re.compile(
    "中心|公益|空间|学校|大学|学院|中学|小学|急救|阳光|协会|学会|商会|义工|志愿|爱心|基金|社工|助学|青年|文化|环保|慈善|"
    "公司|集团|联盟|联合|救援|服务|工作|之家|家园|部落|平台|项目|计划|分会|总会|商店|书店|书院|医院|报社|日报|电台|电视|"
    "银行|民政|政府|社区|团委|机构|组织|创新|小组|大队|支队|俱乐部|沙龙|论坛|驿站|发展|教育|关爱|烛光|大学生|学生会|自闭症|理工"
)
# … what only its end says: 张家豪 and 李会军 are people …
_ENDINGS = frozenset("会协社团队家站网院所系部局处店厂班组馆吧县市区省乡村街校族了的吗呢")
# … and what may end a given name too: 王群, 李玉堂.
_LIKELY_ENDINGS = _ENDINGS | frozenset("群联坊堂阁镇路园苑院")
# Words and places that begin with a surname.
NO_NAMES = frozenset(
    _words(
        "江西 安徽 江苏 于都 万年 万安 万载 余干 余江 安远 安福 安义 安源 金溪 石城 高安 乐平 乐安 章贡 武宁 全南 "
        "宁都 黎川 甘肃 芦溪 柴桑 彭泽 袁州 龙南 南昌 南康 南丰 南城 景德镇 井冈山 石家庄 温州 连云港 南京 南宁 "
        "宁夏 武汉 成都 广东 洪都 梅州 柳州 常州 惠州 高新 高校 高中 高铁 方圆 方舟 和谐 和平 温暖 温馨 金融 金牌 "
        "白领 白鹭 白云 乐施 乐行 乐善 易行 易网 向阳 向善 向日葵 康复 康乐 成长 成人 车友 车队 童心 童年 童话 "
        "时间 时光 明天 安全 安康 蓝天 蓝信封 华夏 关怀 祝福 路人 单位 全体 全部 全国 万家 万达 毛毛虫 管理 "
        "管理员 文明 文艺 农民 计生 师大 南大 财大 江大 商务 黄金 黄丝带 党员 成员 常务 应急 应届 古城 古道 石头 "
        "牛奶 雷达 田园 田野 花园 明德 博爱 安利 程序 支教 支持 石榴籽 米粒 麦田 桂花 柏拉图 时代 余热 权益 强项 "
        "查询 连线 解放 解决 严肃 和睦 和美 华润 平安 金盾 金色 阳台 舒心 钱包 左右 任何 何时 许多 安心 高兴 顾问 "
        "游客 巫师 费用 席位 关心 关注 谢谢 感谢 欢迎 祝贺 党支部 党建 洪城 季度 常年 封面 应该 明星 "
        "周一 周二 周三 周四 周五 周六 周日 周天 周末 全程 全天 全家 单人 单身 单间 包车 包餐 安排 成年 方便 方式 时段 "
        "明早 常规 路费 车费 车牌 米饭 牛肉 余额 辛苦 师生 金额 应到 经费 计时 安保 强烈 许可 程度 谈话 游玩 金盆地 "
        "滕王阁"
    )
)
_TITLES = _words(
    "副理事长 理事长 副秘书长 秘书长 副会长 会长 副社长 社长 副队长 队长 副主席 主席 副主任 主任 副部长 部长 "
    "副校长 校长 副站长 站长 副院长 院长 副局长 局长 副处长 处长 副科长 科长 副教授 教授 总干事 干事 理事 "
    "监事长 监事 负责人 发起人 创始人 总经理 经理 医生 护士 律师 书记 老师 先生 女士 小姐 同学 同志 师傅 师兄 "
    "师姐 学长 学姐 博士 站友 志愿者 义工 社工 班长 团长 组长 店长 馆长 总监 主管 会计 出纳 财务 司机 记者 "
    "讲师 嘉宾 领队 老板 大哥 大姐 阿姨 叔叔 哥 姐"
)
_TITLE_AFTER = re.compile(f"(?P<name>.+?)(?P<title>(?:{'|'.join(_TITLES)})+)")
_TITLE_BEFORE = re.compile(f"(?P<title>(?:{'|'.join(title for title in _TITLES if len(title) > 1)}))(?P<name>.+)")
_TITLE = re.compile(f"(?:{'|'.join(_TITLES)})+")
_HAN = "\u4e00-\u9fff\u3400-\u4dbf〇"
_HAN_NAME = re.compile(f"[{_HAN}]{{2,4}}")
_MINORITY_NAME = re.compile(f"[{_HAN}]{{1,10}}(?:[·•・‧∙][{_HAN}]{{1,10}}){{1,3}}")
_PAIR = re.compile(r" *[、，,;；/／和与及&＆+] *")
_INDIVIDUAL = re.compile(r"[(（\[【](?:个人|个人名义|自然人)[)）\]】]")


def looks_like_a_person(name: str) -> bool:
    """Whether the name is a human being's: 万建军, 欧阳修, 张 三, 买买提·吐尔逊, 熊处长, 小鱼儿（个人）.

    Two or three Han characters after a common surname, four after a double one, and no word of organisations.
    Married double surnames (范徐丽泰) and Latin names are not recognised: IDOR is an organisation.
    """
    text = clean_text(name[:LONGEST])
    if _INDIVIDUAL.search(text):
        return True
    text = text.replace(" ", "")
    if _MINORITY_NAME.fullmatch(text):
        return not has_organization_word(text)
    name, title = split_title(text)
    if not title and (match := _TITLE_AFTER.fullmatch(text)) and match["name"] in SURNAMES | DOUBLE_SURNAMES:
        return True
    return _is_plain_name(name)


def people_in(text: str) -> list[str]:
    """The people whom the text names and nothing else: 张三、李四 and 张三和李四 are two; [] if it names none."""
    names = [text] if looks_like_a_person(text) else _PAIR.split(text[:LONGEST])
    return names if all(looks_like_a_person(name) for name in names) else []


def split_title(text: str) -> tuple[str, str]:
    """The name and the title that stands before or after it, "" for none: 张三老师 → 张三, 老师.

    张老师 and 熊处长 stay whole: without the title too little would be left to know anybody by.
    """
    for pattern in (_TITLE_AFTER, _TITLE_BEFORE):
        match = pattern.fullmatch(text) if len(text) <= LONGEST else None
        if match and _is_plain_name(match["name"].replace(" ", "")):
            return match["name"].strip(), match["title"]
    return text, ""


def is_title(text: str) -> bool:
    """Whether the text is nothing but titles: 会长, 副理事长."""
    return len(text) <= LONGEST and _TITLE.fullmatch(text) is not None


def has_organization_word(text: str) -> bool:
    """Whether a word or the ending is one of organisations or places: 益路阳光, 南昌市, 义工联."""
    return text[-1:] in _LIKELY_ENDINGS or _OF_ORGANIZATIONS.search(text) is not None


def _is_plain_name(text: str) -> bool:
    if not _HAN_NAME.fullmatch(text) or text[-1] in _ENDINGS or _OF_ORGANIZATIONS.search(text):
        return False
    if text in NO_NAMES or is_title(text[1:]):
        return False
    if text[:2] in DOUBLE_SURNAMES:
        return len(text) > 2
    return text[0] in SURNAMES and len(text) < 4
