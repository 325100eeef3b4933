"""What people add to their name when they sign up in a chat: fares, company, nicknames, whom they stand in for."""

import pytest

from yixin.intake.entries import read_entry
from yixin.intake.rosters import HEAD, read_roster


@pytest.mark.parametrize(
    "words",
    [
        *(
            "已交费60元",
            "已转账",
            "未付",
            "AA60元",
            "拼车",
            "可拼车",
            "有2个空位",
            "开车",
            "自驾",
            "坐陈亮车",
            "赣B12345",
        ),
        *("带小孩1个", "带孩子", "可带3人", "晚到半小时", "只参加上午", "替补", "看情况", "不确定", "重复了", "忽略"),
        *("市民", "自由职业", "南昌", "赣州市", "两人", "Lily"),
    ],
)
def test_what_is_no_organisation_stays_a_remark(words):
    assert read_entry(f"张三 {words}").cells == ("张三", None, None, words)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("赵敏+老公+2孩", ("赵敏", None, None, "+老公+2孩")),
        ("李丽+1", ("李丽", None, None, "+1")),
        ("小鱼儿（余晓红）", ("余晓红", None, None, "小鱼儿")),
        ("快乐的小鸟（真名：王晓燕）", ("王晓燕", None, None, "快乐的小鸟")),
        ("蓝天[刘海]", ("刘海", None, None, "蓝天")),
        ("南昌义工联（王军）", ("王军", "南昌义工联", None, None)),
        ("王建国（瑞金爱心协会）", ("王建国", "瑞金爱心协会", None, None)),
        ("江理工 刘伟", ("刘伟", "江理工", None, None)),
        ("张丽代刘平报名", ("刘平", None, None, "张丽代报名")),
        ("刘洋 代 陈静 报名", ("陈静", None, None, "刘洋代报名")),
        ("帮黄蓉报名", ("黄蓉", None, None, "代报名")),
        ("李霞（代报：王强、赵敏）", ("李霞、王强、赵敏", None, None, None)),
    ],
)
def test_who_is_meant(text, cells):
    assert read_entry(text).cells == cells


def test_line_of_the_mini_program_and_entries_given_up_are_nobody():
    sheet = read_roster("#接龙\n1. 王莉 13700001111\n2. 取消\n3. 李萍 13700001112\n—— 来自「接龙管家」小程序")

    assert [line.cells for line in sheet.lines if len(line.cells) == len(HEAD)] == [
        HEAD,
        ("王莉", None, "13700001111", None),
        ("李萍", None, "13700001112", None),
    ]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("张三+南昌义工联+13800138000", ("张三", "南昌义工联", "13800138000", None)),
        ("张三+13800138000+益路+2人", ("张三", "益路", "13800138000", "+2人")),
        ("王芳+138 0013 8000", ("王芳", None, "138 0013 8000", None)),
        ("李军+女儿 13800138000", ("李军", None, "13800138000", "+女儿")),
        ("张三+李四", ("张三、李四", None, None, None)),
        ("王敏 摄影", ("王敏", None, None, "摄影")),
    ],
)
def test_plus_parts_what_it_does_not_count(text, cells):
    assert read_entry(text).cells == cells


def test_heading_of_a_part_of_the_list_belongs_to_nobody():
    sheet = read_roster("一组：\n1. 张敏\n2. 刘燕\n二组：\n3. 陈军\n需要住宿的：\n4. 钟鸣")

    assert [line.cells for line in sheet.lines if len(line.cells) == len(HEAD)] == [
        HEAD,
        *((name, None, None, None) for name in ("张敏", "刘燕", "陈军", "钟鸣")),
    ]
