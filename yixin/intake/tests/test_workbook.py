from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from yixin.intake.reading import read_file
from yixin.intake.reading.workbook import read_workbook
from yixin.intake.sheets import Line, Sheet
from yixin.intake.tests import files
from yixin.intake.tests.files import inline, rows, workbook

STYLES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'


def lines(*contents, after=""):
    (sheet,) = read_workbook(workbook(rows("".join(contents)) + after))
    return [(line.number, line.cells) for line in sheet.lines]


def refusal(data):
    with pytest.raises(ValidationError) as caught:
        read_file(data)
    return caught.value.code


def test_ordinary_workbook():
    data = files.written(
        (
            "活动",
            [
                ["时间", "内容", "人数"],
                [date(2014, 1, 4), " 年会\u3000", 140],
                [None, "", "\u200b"],
                ["合计", 0.5, True],
            ],
        ),
        ("说明", []),
    )

    assert read_file(data) == [
        Sheet(
            "活动",
            (
                Line(1, ("时间", "内容", "人数")),
                Line(2, (date(2014, 1, 4), "年会", 140)),
                Line(4, ("合计", 0.5, True)),
            ),
        ),
        Sheet("说明", ()),
    ]


def test_cells_and_rows_without_references_follow_one_another():
    assert lines("<row><c><v>1</v></c><c/><c><v>3</v></c></row>", "<row/>", "<row><c><v>4</v></c></row>") == [
        (1, (1, None, 3)),
        (3, (4,)),
    ]


def test_rows_out_of_order_and_twice():
    assert lines(
        '<row r="5"><c r="A5"><v>5</v></c></row>',
        '<row r="2"><c r="B2"><v>2</v></c></row>',
        '<row r="5"><c r="C5"><v>6</v></c></row>',
    ) == [(2, (None, 2)), (5, (5, None, 6))]


@pytest.mark.parametrize("declared", ["A1", "A1:XFD1048576", "nonsense"])
def test_declared_dimension_is_not_believed(declared):
    data = workbook(f'<dimension ref="{declared}"/>' + rows('<row r="3"><c r="B3"><v>1</v></c></row>'))

    assert read_workbook(data)[0].lines == (Line(3, (None, 1)),)


def test_merged_cells_are_filled_down_and_across():
    after = '<mergeCells><mergeCell ref="A1:A4"/><mergeCell ref="B1:C1"/><mergeCell ref="E1:F9"/></mergeCells>'
    data = workbook(
        rows(
            f'<row r="1">{inline("A1", "合")}{inline("B1", "并")}{inline("D1", "末")}</row>'
            '<row r="2"><c r="B2"><v>2</v></c></row><row r="4"><c r="A4"><v>9</v></c></row>'
            '<row r="5"><c r="A5"><v>5</v></c></row>'
        )
        + after
    )

    assert read_workbook(data)[0].lines == (
        Line(1, ("合", "并", "并", "末"), frozenset({2})),
        Line(2, ("合", 2), frozenset({0})),
        Line(4, ("合",), frozenset({0})),
        Line(5, (5,)),
    )


@pytest.mark.parametrize("area", ["A1:XFD1048576", "A1:A1048576", "A1:XFD1", "$A$1:$B$2", "A1"])
def test_huge_merge_stays_within_the_rows_that_are_read(area):
    found = lines(
        "<row><c><v>1</v></c></row>",
        "<row><c><v>2</v></c></row>",
        after=f'<mergeCells><mergeCell ref="{area}"/></mergeCells>',
    )

    assert [number for number, cells in found] == [1, 2]
    assert max(len(cells) for number, cells in found) <= 200


def test_hidden_rows_columns_and_sheets_are_known():
    sheet = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" width="0"/></cols>' + rows(
        '<row><c><v>1</v></c></row><row hidden="1"><c><v>2</v></c></row><row hidden="1"/>'
    )

    assert read_workbook(workbook(sheet, rows(""), rows(""), states={2: "hidden", 3: "veryHidden"})) == [
        Sheet("表1", (Line(1, (1,)), Line(2, (2,), is_hidden=True)), hidden_columns=frozenset({1, 2, *range(4, 200)})),
        Sheet("表2", (), is_hidden=True),
        Sheet("表3", (), is_hidden=True),
    ]


def test_chart_sheet_is_left_out():
    parts = files.parts(rows("<row><c><v>1</v></c></row>"), rows(""))
    parts["xl/_rels/workbook.xml.rels"] = files.relations(
        ("worksheet", "worksheets/sheet1.xml"), ("chartsheet", "worksheets/sheet2.xml")
    )

    assert read_workbook(files.zipped(parts)) == [Sheet("表1", (Line(1, (1,)),))]


def test_strict_file_is_read():
    data = workbook(
        rows(f'<row>{inline("A1", "时间")}<c t="d"><v>2014-01-04</v></c></row>'),
        main=files.STRICT,
        base=files.STRICT_RELATIONS,
    )

    assert read_workbook(data) == [Sheet("表1", (Line(1, ("时间", date(2014, 1, 4))),))]


def test_prefixed_names_capitals_and_slashes_are_read():
    parts = files.parts("")
    del parts["xl/worksheets/sheet1.xml"]
    parts["xl\\Worksheets\\Sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{files.MAIN}" xmlns:y="y"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>'
        "<y:c><y:v>2</y:v></y:c></x:row></x:sheetData></x:worksheet>"
    )

    assert read_file(files.zipped(parts)) == [Sheet("表1", (Line(1, (1,)),))]


def test_part_in_utf_16():
    parts = files.parts(rows(f"<row>{inline('A1', '时间')}</row>"))
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace("UTF-8", "UTF-16").encode("utf-16")

    assert read_file(files.zipped(parts)) == [Sheet("表1", (Line(1, ("时间",)),))]


def test_formatting_far_below_and_beside_does_not_count():
    formatted = '<row r="{0}"><c r="A{0}" s="1"/><c r="XFD{0}" s="1"/></row>'
    data = workbook(
        '<cols><col min="1" max="16384" width="9"/></cols>'
        + rows("<row><c><v>1</v></c></row>" + "".join(formatted.format(row) for row in (9_000, 65_536, 1_048_576)))
    )

    assert read_workbook(data) == [Sheet("表1", (Line(1, (1,)),))]


def test_value_in_the_last_cell_of_all_is_refused_with_its_place():
    with override("en"), pytest.raises(ValidationError) as caught:
        read_workbook(workbook(rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')))

    with override("en"):
        assert caught.value.messages == [
            "The sheet “表1” has something in row 1048576 beyond its column 200. Delete what stands there, or delete "
            "the sheet if it is not needed."
        ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (files.tiny_rows(5_031), "too_many_rows"),
        (workbook(rows('<row r="1"><c r="GS1"><v>1</v></c></row>')), "too_many_columns"),
        (workbook(*[""] * 101), "too_many_sheets"),
        (files.deep(200), "too_complicated"),
        (files.zipped(files.parts()), "no_sheet"),
        (workbook(rows('<row><c t="s"><v>3</v></c></row>')), "broken"),
        (workbook(rows('<row><c t="s"><v>-1</v></c></row>'), strings="<si><t>a</t></si>"), "broken"),
        (workbook(rows('<row r="1048577"><c><v>1</v></c></row>')), "broken"),
        (workbook(rows('<row r="x"><c><v>1</v></c></row>')), "broken"),
        (workbook(rows('<row><c r="ZZZ1"><v>1</v></c></row>')), "broken"),
        (workbook(rows('<row><c r="中1"><v>1</v></c></row>')), "broken"),
        (workbook(rows("<row>"), ""), "broken"),
        (workbook('<mergeCells><mergeCell ref="A"/></mergeCells>'), "broken"),
        (files.zipped({"[Content_Types].xml": files.content_types()}), "broken"),
    ],
)
def test_workbook_is_refused(data, code):
    assert refusal(data) == code


def test_external_link_is_not_followed():
    parts = files.parts(rows("<row><c><f>[1]表!A1</f><v>3</v></c></row>"))
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId9" Type="{files.RELATIONS}/externalLink" Target="file:///etc/passwd" '
        'TargetMode="External"/></Relationships>',
    )

    assert read_workbook(files.zipped(parts)) == [Sheet("表1", (Line(1, (3,)),))]


@given(st.binary(max_size=60), st.integers(0, 400), st.sampled_from(sorted(files.parts("", strings="a", styles="b"))))
def test_damaged_part_is_read_or_refused(noise, place, name):
    parts = files.parts(
        rows(f'<row r="1"><c r="A1" t="s" s="1"><v>0</v></c>{inline("B1", "时间")}</row>'),
        strings="<si><t>年会</t></si>",
        styles=STYLES,
    )
    content = parts[name].encode()
    parts[name] = content[:place] + noise + content[place + len(noise) :]

    try:
        found = read_file(files.zipped(parts))
    except ValidationError as error:
        found = error.messages

    assert found
