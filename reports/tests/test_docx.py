"""The report in Word: what stands in it and in which order, its styles, numbers and pages."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from docx.enum.section import WD_ORIENT

from reports.document import Block, BlockKind, Document, Part, Picture, Run
from reports.tests.documents import LOST_PHOTO, PHOTO, make_block, make_document, make_table, make_wide, photo
from reports.tests.word_files import attribute, found, member, members, number_of, paragraphs, text_of, written

EMPTY = Document(2014, "2014年度工作报告")


def test_a_report_stands_in_order():
    file = written(make_document())

    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in file.paragraphs
        if paragraph.style.name in ("Title", "Heading 1", "Heading 2")
    ]
    assert headings == [
        ("Title", "2014年度工作报告"),
        ("Heading 1", "志愿者培训"),
        ("Heading 1", "小额资助"),
        ("Heading 1", "说明"),
        ("Heading 1", "附：数字怎样核对"),
        ("Heading 2", "2014年各月人次"),
        ("Heading 2", "各资助方：已承诺与已拨付（元）"),
        ("Heading 2", "从各表合计到每场活动只计一次（人次）"),
        ("Heading 2", "2014年各市活动场数"),
        ("Heading 2", "各市与各工作板块"),
        ("Heading 2", "核对与说明"),
    ]


def test_the_opening_says_which_edition_it_is_and_what_was_corrected():
    file = written(make_document(parts=(), tables=(), review=None, notes=()))

    assert [paragraph.text for paragraph in file.paragraphs] == [
        "2014年度工作报告",
        "第2版　2015年3月1日发布　资助方：某基金会　数据截至2014年12月20日",
        "第2版（2015年3月1日）更正：第一版把一场活动重复列在两个表中。",
    ]


def test_a_report_without_anything_is_a_title_and_says_that_it_is_a_draft():
    file = written(EMPTY)

    assert [paragraph.text for paragraph in file.paragraphs] == ["2014年度工作报告", "草稿，未发布"]
    assert file.tables == []


def test_headings_are_numbered_by_word_and_those_after_the_sections_are_not():
    file = written(make_document())

    levels = found(file.part.numbering_part.element, "w:abstractNum[@w:abstractNumId='0']/w:lvl")
    assert [
        (attribute(found(level, "w:numFmt")[0], "w:val"), attribute(found(level, "w:lvlText")[0], "w:val"))
        for level in levels
    ] == [("chineseCounting", "%1、"), ("chineseCounting", "（%2）")]
    assert found(file.styles["Heading 1"].element, "w:pPr/w:numPr/w:numId/@w:val") == ["1"]
    assert found(file.styles["Heading 2"].element, "w:pPr/w:numPr/w:ilvl/@w:val") == ["1"]
    ones = [paragraph for paragraph in file.paragraphs if paragraph.style.name == "Heading 1"]
    assert [number_of(paragraph) for paragraph in ones] == [None, None, 0, 0]


def test_prose_keeps_its_lists_and_each_numbered_one_begins_at_1():
    file = written(make_document(notes=()))

    start = next(number for number, p in enumerate(file.paragraphs) if p.style.name == "Heading 1") + 1
    prose = file.paragraphs[start : start + 7]
    assert [(p.style.name, number_of(p), p.text) for p in prose] == [
        ("Body Text", None, "2014年共组织志愿者培训3场，参加人次1,432。"),
        ("List Number", 3, "面向县城志愿者组织的基础培训；"),
        ("List Number", 3, "面向管理层的系列课程，去重人数不详（还没有签到名单）。"),
        ("Body Text", None, "与往年相比，今年的培训更多地走进县城和乡镇。"),
        ("List Number", 4, "第二张编号列表重新从1开始。"),
        ("List Bullet", 2, "志愿者的招募与激励"),
        ("List Bullet", 2, "与政府、媒体的沟通"),
    ]
    starts = found(file.part.numbering_part.element, "w:num[@w:numId>2]/w:lvlOverride/w:startOverride/@w:val")
    assert starts == ["1", "1"]


def test_an_unknown_figure_in_prose_looks_unknown():
    file = written(make_document())

    unknown = [run.text for p in file.paragraphs for run in p.runs if run.style.name == "Unknown"]
    assert unknown == ["不详（还没有签到名单）"]


def test_styles_name_chinese_fonts_and_the_text_is_chinese():
    styles = member(members(EMPTY), "word/styles.xml")

    assert found(styles, "w:docDefaults//w:rFonts/@w:eastAsia") == ["宋体"]
    assert found(styles, "w:docDefaults//w:rFonts/@w:ascii") == ["Times New Roman"]
    assert found(styles, "w:docDefaults//w:lang/@w:eastAsia") == ["zh-CN"]
    assert found(styles, "w:docDefaults//w:sz/@w:val") == ["24"]
    named = found(styles, "w:style[w:rPr/w:rFonts/@w:eastAsia='黑体']/w:name/@w:val")
    assert named == ["heading 1", "heading 2", "Title", "caption", "Table Head"]
    body = found(styles, "w:style[@w:styleId='BodyText']/w:pPr")[0]
    assert (found(body, "w:ind/@w:firstLineChars"), found(body, "w:spacing/@w:line")) == (["200"], ["360"])


def test_pages_are_a4_and_numbered():
    file = written(EMPTY)

    section = file.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = section.footer.paragraphs[0]
    assert text_of(footer) == "第 1 页，共 1 页"
    assert found(footer._p, "w:fldSimple/@w:instr") == [" PAGE ", " NUMPAGES "]


def test_photos_have_a_caption_a_description_and_a_bound():
    pictures = (Picture(PHOTO, "合影", 1600, 1200), Picture(PHOTO, "横幅", 4000, 500), Picture(PHOTO, "徽章", 96, 48))

    file = written(replace(EMPTY, parts=(Part("a", "照片", pictures=pictures),)))

    assert paragraphs(file, "Caption") == ["图1　合影", "图2　横幅", "图3　徽章"]
    assert found(file.element, ".//w:fldSimple/@w:instr") == [r" SEQ 图 \* ARABIC "] * 3
    assert found(file.element, ".//wp:docPr/@descr") == ["合影", "横幅", "徽章"]
    sizes = [(round(shape.width.mm), round(shape.height.mm)) for shape in file.inline_shapes]
    assert sizes == [(130, 97), (156, 19), (25, 13)]


@pytest.mark.parametrize("content", [None, b"", b"no picture", photo(PHOTO)[:30], photo(PHOTO)[:300]])
def test_a_photo_that_is_lost_or_broken_leaves_its_caption_and_a_sentence(content):
    part = Part("a", "照片", pictures=(Picture(LOST_PHOTO, "资助签约", 640, 480),))

    file = written(replace(EMPTY, parts=(part,)), lambda name: content)

    assert paragraphs(file, "Caption") == ["图1　资助签约（照片缺失：找不到照片文件）"]
    assert len(file.inline_shapes) == 0


def test_a_table_too_wide_for_the_page_lies_on_a_page_of_its_own():
    wide = make_wide(16)
    parts = (Part("a", "一", (make_block("甲"),), "wide"), Part("b", "二", (make_block("乙"),)))

    file = written(replace(EMPTY, parts=parts, tables=(wide,)))

    turned = [section.orientation for section in file.sections]
    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    ends = [number for number, child in enumerate(file.element.body) if found(child, "w:pPr/w:sectPr")]
    lies = [number for number, child in enumerate(file.element.body) if child.tag.endswith("}tbl")]
    assert len(ends) == 2
    assert ends[0] < lies[0] < ends[1]
    assert [section.footer.is_linked_to_previous for section in file.sections] == [False, True, True]


def test_text_that_xml_refuses_is_left_out_and_markup_stays_text():
    evil = "甲\x00\ud800\x0b<w:p>&amp;]]>\uffff乙"
    parts = (Part("a", evil, (Block(BlockKind.PARAGRAPH, (Run(evil),)),), "training", (Picture(PHOTO, evil, 9, 9),)),)
    table = make_table(title=evil, labels=("时间", evil, "人数"), notes=(evil,))

    file = written(Document(2014, evil, funder=evil, parts=parts, tables=(table,), notes=(evil,)))

    kept = "甲<w:p>&amp;]]>乙"
    assert paragraphs(file, "Title") == [kept]
    assert paragraphs(file, "Heading 1") == [kept, "说明"]
    assert paragraphs(file, "Body Text") == [kept]
    assert paragraphs(file, "Note") == [f"注：{kept}"]
    assert paragraphs(file, "Caption") == [f"表1　{kept}", f"图1　{kept}"]
    assert file.tables[0].rows[0].cells[1].text == kept
    assert file.core_properties.title == kept


def test_properties_are_those_of_the_report():
    properties = written(make_document()).core_properties

    day = datetime(2015, 3, 1, tzinfo=UTC)
    assert (properties.title, properties.author, properties.comments, properties.created, properties.modified) == (
        "2014年度工作报告",
        "益心益意",
        "",
        day,
        day,
    )
    assert written(EMPTY).core_properties.modified == datetime(2014, 12, 31, tzinfo=UTC)


def test_english_readers_get_english_words():
    with translation.override("en"):
        file = written(make_document(published_on=date(2015, 3, 1)))

    assert paragraphs(file, "Subtitle") == [
        "Edition 2　published on 1 March 2015　Funder: 某基金会　Records up to 20 Dec. 2014"
    ]
    assert paragraphs(file, "Caption")[:2] == ["Table 1　志愿者培训", "Figure 1　第一期培训的合影"]
    assert text_of(file.sections[0].footer.paragraphs[0]) == "Page 1 of 1"
