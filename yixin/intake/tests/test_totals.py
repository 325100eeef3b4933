"""Words by which a line shows that it adds up others, or only remarks something."""

import pytest

from yixin.intake.totals import is_count, is_note, is_partial_total_word, is_total_word


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "合计",
            "合 计",
            "总计：",
            "本页小计",
            "共计",
            "TOTAL",
            "Grand Total",
            "合计人数",
            "合计：1,462人次",
            "共31人",
        ),
        *(
            "实到31人",
            "应到：35人",
            "合计 26场，1462人次",
            "总计￥53,100元",
            "合计53,100.00元",
            "小计:",
            "合计（大写）：玖仟元整",
        ),
    ],
)
def test_word_that_names_a_total(cell):
    assert is_total_word(cell) is True


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "合计培训",
            "总计划会议",
            "共青城",
            "共青团南昌市委",
            "小计算师培训",
            "出席仪式",
            "31",
            "31人",
            "",
            31,
            None,
            True,
        ),
        *("合计" + "1" * 100, "南昌市小计"),
    ],
)
def test_word_that_names_none(cell):
    assert is_total_word(cell) is False


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *((cell, True) for cell in ("南昌市小计", "第一季度合计", "1月小计", "2014年1月份小计", "上半年合计人数：")),
        *((cell, False) for cell in ("南昌市", "2014-01-04小计", "小计", "关于全省志愿者培训情况的小计", 3, None)),
    ],
)
def test_word_that_may_name_a_subtotal(cell, expected):
    assert is_partial_total_word(cell) is expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *((cell, True) for cell in (31, 31.0, "31", "3人", "共31人", "26场，1462人次", "约40人", "￥53,100元")),
        *((cell, False) for cell in (True, None, "张三", "30余人", "3月", "2014-01-04")),
    ],
)
def test_cell_that_only_counts(cell, expected):
    assert is_count(cell) is expected


@pytest.mark.parametrize(
    ("cells", "names_a_row", "expected"),
    [
        (["填表人：甲"], True, True),
        (["填表人：甲", "日期：2014年12月31日"], True, True),
        (["注：以上为不完全统计"], True, True),
        (["备注 （一）：无"], True, True),
        (["※ 数据截至12月31日"], True, True),
        (["主题：净滩"], False, True),
        (["主题：净滩"], True, False),
        (["说明会"], False, False),
        (["审核会议"], False, False),
        (["张三"], True, False),
        (["填表人：甲", 31], True, False),
    ],
)
def test_remark_below_a_table(cells, names_a_row, expected):
    assert is_note(cells, names_a_row=names_a_row) is expected


def test_many_digits_take_no_time():
    assert is_total_word("合计" + "1," * 28 + "x") is False
    assert is_count("1," * 29 + "x") is False
