"""Official-looking templates written part by part, with all openpyxl would lose."""

from __future__ import annotations

import io
import zipfile
from typing import Final

Parts = dict[str, bytes]

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
X14: Final = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM: Final = "http://schemas.microsoft.com/office/excel/2006/main"
DRAWN: Final = "http://schemas.openxmlformats.org/drawingml/2006"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c636060606000"
    "0000050001a5f645400000000049454e44ae426082"
)

STRINGS: Final = (
    "<si><t>养老机构综合表</t></si>"
    '<si><r><rPr><b/><color rgb="FFFF0000"/></rPr><t>床位</t></r>'
    '<r><t xml:space="preserve">总数 </t></r>'
    '<rPh sb="0" eb="2"><t>chuang</t></rPh></si>'
    "<si><t>护理型床位数</t></si><si><t>占比</t></si><si><t>合计</t></si>"
    "<si><t>运营方式</t></si><si><t>综合机关名称：</t></si><si><t>报出日期</t></si>"
    "<si><t>示例，填报时删去</t></si>"
)

STYLES: Final = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="176" '
    'formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>'
    '<numFmt numFmtId="177" formatCode="[Red]0.00&quot;day&quot;"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font>'
    '<font><b/><sz val="16"/><name val="黑体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs>"
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="176" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="177" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)


def relation(number: int, kind: str, target: str) -> str:
    """Write one relationship."""
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def relations(*items: str) -> bytes:
    """Write a part of relationships."""
    inside = "".join(items)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'.encode()


def worksheet(rows: str, before: str = "", after: str = "") -> bytes:
    """Write a sheet with the namespaces that Excel gives it."""
    spaces = (
        f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="{MC}" mc:Ignorable="x14ac" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    )
    return (
        f"{HEAD}<worksheet {spaces}>{before}<sheetData>{rows}</sheetData>{after}"
        "</worksheet>"
    ).encode()


ROWS: Final = (
    '<row r="1" ht="30" customHeight="1" x14ac:dyDescent="0.3">'
    '<c r="A1" s="1" t="s"><v>0</v></c></row>\n'
    '<row r="2" x14ac:dyDescent="0.3"><c r="A2" t="s"><v>6</v></c>'
    '<c r="C2" t="inlineStr"><is><t>表号：</t></is></c></row>\n'
    '<row r="4"><c r="A4" t="s"><v>1</v></c>'
    '<c r="B4" s="2"/><c r="D4"><v>7</v></c></row>'
    '<row r="5"><c r="A5" t="s"><v>2</v></c><c r="B5" s="2" t="s"><v>8</v></c></row>'
    '<row r="6"><c r="A6" t="s"><v>3</v></c>'
    '<c r="B6" s="4"><f>IF(B4=0,0,B5/B4)</f><v>0</v></c></row>'
    '<row r="7"><c r="A7" t="s"><v>4</v></c>'
    '<c r="B7"><f>SUM(B4:B5)</f><v>0</v></c></row>'
    '<row r="8" s="5" customFormat="1"><c r="A8" t="s"><v>5</v></c></row>'
    '<row r="9"><c r="A9" t="s"><v>7</v></c><c r="B9" s="3"/></row>'
    '<row r="12"/>'
)

BEFORE: Final = (
    '<sheetPr codeName="Sheet1"><tabColor rgb="FF00B050"/><pageSetUpPr fitToPage="1"/>'
    '</sheetPr><dimension ref="A1:D9"/><sheetViews><sheetView showGridLines="0" '
    'tabSelected="1" workbookViewId="0"><pane ySplit="3" topLeftCell="A4" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="14"/><cols><col min="1" max="1" width="20" '
    'customWidth="1"/><col min="3" max="4" width="12" style="2"/></cols>'
)

CONTROLS: Final = (
    f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x14"><controls>'
    f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x14">'
    '<control shapeId="1025" r:id="rId5" name="Button 1"><controlPr defaultSize="0" '
    'print="0" autoFill="0" autoPict="0"><anchor moveWithCells="1" sizeWithCells="1">'
    f'<from xmlns:xdr="{DRAWN}/spreadsheetDrawing"><xdr:col xmlns:xdr="{DRAWN}/'
    f'spreadsheetDrawing">4</xdr:col></from></anchor></controlPr></control>'
    "</mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>"
)

EXTENSIONS: Final = (
    f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{X14}">'
    "<x14:conditionalFormattings><x14:conditionalFormatting "
    f'xmlns:xm="{XM}"><x14:cfRule type="expression" priority="2" '
    'id="{1B8A6D5C-0000-4000-8000-000000000001}"><xm:f>字典!$A$1=1</xm:f></x14:cfRule>'
    "<xm:sqref>B4</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
    f'</ext><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}">'
    f'<x14:dataValidations xmlns:xm="{XM}" count="1"><x14:dataValidation type="list" '
    'allowBlank="1"><x14:formula1><xm:f>字典!$A$2:$A$4</xm:f></x14:formula1>'
    "<xm:sqref>B8</xm:sqref></x14:dataValidation></x14:dataValidations></ext>"
    f'<ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" xmlns:x14="{X14}">'
    f'<x14:sparklineGroups xmlns:xm="{XM}"><x14:sparklineGroup displayEmptyCellsAs='
    '"gap"><x14:sparklines><x14:sparkline><xm:f>综合表!B4:B5</xm:f><xm:sqref>D5'
    "</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>"
    "</x14:sparklineGroups></ext></extLst>"
)

AFTER: Final = (
    '<sheetProtection sheet="1" objects="1"/><mergeCells count="2">'
    '<mergeCell ref="A1:D1"/><mergeCell ref="C4:C5"/></mergeCells>'
    '<conditionalFormatting sqref="B5"><cfRule type="cellIs" priority="1" '
    'operator="lessThan"><formula>0</formula></cfRule></conditionalFormatting>'
    '<dataValidations count="1"><dataValidation type="whole" sqref="B4:B5">'
    "<formula1>0</formula1><formula2>99999</formula2></dataValidation>"
    '</dataValidations><printOptions horizontalCentered="1"/><pageMargins left="0.7" '
    'right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" r:id="rId1"/>'
    "<headerFooter><oddFooter>&amp;C第&amp;P页</oddFooter></headerFooter>"
    "<ignoredErrors>"
    '<ignoredError sqref="A8:B8" numberStoredAsText="1"/></ignoredErrors>'
    f'<drawing r:id="rId2"/><legacyDrawing r:id="rId3"/>'
    f'<picture r:id="rId4"/>{CONTROLS}' + EXTENSIONS
)

DRAWING: Final = (
    f'{HEAD}<xdr:wsDr xmlns:xdr="{DRAWN}/spreadsheetDrawing" xmlns:a="{DRAWN}/main">'
    "<xdr:twoCellAnchor><xdr:from><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff>"
    "<xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>6"
    "</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    '</xdr:to><xdr:sp macro="" textlink="">'
    '<xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1"/>'
    '<xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="1000" cy="1000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</xdr:spPr><xdr:txBody><a:bodyPr/><a:p>"
    "<a:r><a:t>填表前请阅读说明</a:t></a:r></a:p>"
    "</xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
)

VML: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" '
    'style="position:absolute" type="#_x0000_t201"><x:ClientData ObjectType="Button">'
    "<x:Anchor>4, 0, 4, 0, 5, 0, 5, 0</x:Anchor></x:ClientData></v:shape></xml>"
)

BOOK: Final = (
    f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr/><bookViews>'
    '<workbookView xWindow="0" yWindow="0" windowWidth="20000" windowHeight="9000"/>'
    '</bookViews><sheets><sheet name="综合表" sheetId="1" r:id="rId1"/>'
    '<sheet name="字典" sheetId="3" state="hidden" r:id="rId2"/></sheets><definedNames>'
    '<definedName name="_xlnm.Print_Area" '
    'localSheetId="0">综合表!$A$1:$D$9</definedName>'
    '<definedName name="两格">综合表!$A$1,综合表!$B$4</definedName>'
    '<definedName name="单位名称">综合表!$B$2</definedName></definedNames>'
    '<calcPr calcId="191029"/></workbook>'
)

STRESS_SHEET: Final = "xl/worksheets/sheet1.xml"


def types(*overrides: tuple[str, str]) -> bytes:
    """Write the content types."""
    listed = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>'
        for part, kind in overrides
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-'
        'types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Default Extension="xml" ContentType="application/'
        'xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="bin"'
        f' ContentType="{SHEET_TYPE}.printerSettings"/><Default Extension="vml" '
        'ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        f"{listed}</Types>"
    ).encode()


def stress_parts() -> Parts:
    """Give a template with each feature that loading and saving elsewhere loses."""
    drawing = "application/vnd.openxmlformats-officedocument.drawing+xml"
    control = "application/vnd.ms-excel.controlproperties+xml"
    return {
        "[Content_Types].xml": types(
            ("xl/workbook.xml", f"{SHEET_TYPE}.sheet.main+xml"),
            (STRESS_SHEET, f"{SHEET_TYPE}.worksheet+xml"),
            ("xl/worksheets/sheet2.xml", f"{SHEET_TYPE}.worksheet+xml"),
            ("xl/sharedStrings.xml", f"{SHEET_TYPE}.sharedStrings+xml"),
            ("xl/styles.xml", f"{SHEET_TYPE}.styles+xml"),
            ("xl/calcChain.xml", f"{SHEET_TYPE}.calcChain+xml"),
            ("xl/drawings/drawing1.xml", drawing),
            ("xl/ctrlProps/ctrlProp1.xml", control),
        ),
        "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": BOOK.encode(),
        "xl/_rels/workbook.xml.rels": relations(
            relation(1, "worksheet", "worksheets/sheet1.xml"),
            relation(2, "worksheet", "worksheets/sheet2.xml"),
            relation(3, "sharedStrings", "sharedStrings.xml"),
            relation(4, "styles", "styles.xml"),
            relation(5, "calcChain", "calcChain.xml"),
        ),
        STRESS_SHEET: worksheet(ROWS, BEFORE, AFTER),
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            relation(1, "printerSettings", "../printerSettings/printerSettings1.bin"),
            relation(2, "drawing", "../drawings/drawing1.xml"),
            relation(3, "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            relation(4, "image", "../media/image1.png"),
            relation(5, "ctrlProp", "../ctrlProps/ctrlProp1.xml"),
        ),
        "xl/worksheets/sheet2.xml": worksheet(
            '<row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="2"><c r="A2" t="inlineStr"><is><t>公建公营</t></is></c>'
            '<c r="B2"><f>LEN(A2)</f><v>4</v></c></row>'
        ),
        "xl/sharedStrings.xml": (
            f'{HEAD}<sst xmlns="{MAIN}" count="9" uniqueCount="9">{STRINGS}</sst>'
        ).encode(),
        "xl/styles.xml": STYLES.encode(),
        "xl/calcChain.xml": (
            f'{HEAD}<calcChain xmlns="{MAIN}"><c r="B7" i="1"/><c r="B6"/></calcChain>'
        ).encode(),
        "xl/drawings/drawing1.xml": DRAWING.encode(),
        "xl/drawings/vmlDrawing1.vml": VML.encode(),
        "xl/ctrlProps/ctrlProp1.xml": (
            f'{HEAD}<formControlPr xmlns="{X14}" objectType="Button" lockText="1"/>'
        ).encode(),
        "xl/media/image1.png": PIXEL,
        "xl/printerSettings/printerSettings1.bin": bytes(range(256)) * 4,
    }


def packed(parts: Parts) -> bytes:
    """Zip parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2024, 3, 1, 8, 30, 20))
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def stress() -> bytes:
    """Give the template as a file."""
    return packed(stress_parts())


def parts_of(data: bytes) -> Parts:
    """Unzip a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# --- A roster with a 续表 -----------------------------------------------------

ROSTER_ROWS: Final = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>养老机构调查表{more}</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>填报单位：</t></is></c>'
    '<c r="D2" t="inlineStr"><is><t>第  页</t></is></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>序号</t></is></c>'
    '<c r="B3" t="inlineStr"><is><t>机构名称</t></is></c>'
    '<c r="C3" t="inlineStr"><is><t>总床位数（张）</t></is></c>'
    '<c r="D3" t="inlineStr"><is><t>月收费</t></is></c></row>'
)


ROSTER_LINES: Final = "".join(
    f'<row r="{row}"><c r="A{row}" s="2"/><c r="B{row}"/><c r="C{row}" s="2"/></row>'
    for row in (4, 5, 6)
) + (
    '<row r="7"><c r="B7" t="inlineStr"><is><t>本页合计</t></is></c>'
    '<c r="C7"><f>SUM(C4:C6)</f><v>0</v></c></row>'
)

ROSTER_TOTAL: Final = (
    '<row r="8"><c r="B8" t="inlineStr"><is><t>合计</t></is></c>'
    '<c r="C8"><f>C7+续表!C7</f><v>0</v></c></row>'
)

ROSTER_BOOK: Final = (
    f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="首页" sheetId="1" r:id="rId1"/>'
    '<sheet name="续表" sheetId="2" r:id="rId2"/></sheets><definedNames>'
    '<definedName name="_xlnm.Print_Area" localSheetId="1">续表!$A$1:$D$9'
    '</definedName><definedName name="_xlnm.Print_Titles" localSheetId="1">'
    "'续表'!$1:$3</definedName></definedNames></workbook>"
)

COMMENTS: Final = (
    f'{HEAD}<comments xmlns="{MAIN}"><authors><author>统计局</author></authors>'
    '<commentList><comment ref="C3" authorId="0"><text><t>含护理型</t></text>'
    "</comment></commentList></comments>"
)


def roster_parts() -> Parts:
    """Give a template with a first page and one 续表; the first has the totals."""
    drawing = "application/vnd.openxmlformats-officedocument.drawing+xml"
    first, second = (ROSTER_ROWS.format(more=more) for more in ("", "（续表）"))
    view = '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
    after = '<drawing r:id="rId1"/><legacyDrawing r:id="rId2"/>'
    return {
        "[Content_Types].xml": types(
            ("xl/workbook.xml", f"{SHEET_TYPE}.sheet.main+xml"),
            ("xl/worksheets/sheet1.xml", f"{SHEET_TYPE}.worksheet+xml"),
            ("xl/worksheets/sheet2.xml", f"{SHEET_TYPE}.worksheet+xml"),
            ("xl/styles.xml", f"{SHEET_TYPE}.styles+xml"),
            ("xl/calcChain.xml", f"{SHEET_TYPE}.calcChain+xml"),
            ("xl/drawings/drawing1.xml", drawing),
            ("xl/comments1.xml", f"{SHEET_TYPE}.comments+xml"),
        ),
        "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": ROSTER_BOOK.encode(),
        "xl/_rels/workbook.xml.rels": relations(
            relation(1, "worksheet", "worksheets/sheet1.xml"),
            relation(2, "worksheet", "/xl/worksheets/sheet2.xml"),
            relation(3, "styles", "styles.xml"),
            relation(4, "calcChain", "calcChain.xml"),
        ),
        "xl/worksheets/sheet1.xml": worksheet(first + ROSTER_LINES + ROSTER_TOTAL),
        "xl/worksheets/sheet2.xml": worksheet(second + ROSTER_LINES, view, after),
        "xl/worksheets/_rels/sheet2.xml.rels": relations(
            relation(1, "drawing", "../drawings/drawing1.xml"),
            relation(2, "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            relation(3, "comments", "../comments1.xml"),
        ),
        "xl/styles.xml": STYLES.encode(),
        "xl/calcChain.xml": (
            f'{HEAD}<calcChain xmlns="{MAIN}"><c r="C7" i="1"/><c r="C8"/>'
            '<c r="C7" i="2"/></calcChain>'
        ).encode(),
        "xl/drawings/drawing1.xml": DRAWING.encode(),
        "xl/drawings/_rels/drawing1.xml.rels": relations(
            relation(1, "image", "../media/image1.png")
        ),
        "xl/drawings/vmlDrawing1.vml": VML.encode(),
        "xl/comments1.xml": COMMENTS.encode(),
        "xl/media/image1.png": PIXEL,
    }
