"""HTML in hospitals' texts becomes plain text."""

import pytest

from connectors.core.plain_text import plain_text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("口服。一日三次。", "口服。一日三次。"),
        ("  ", None),
        (None, None),
        (12, "12"),
        ("一<br />二<br>三", "一\n二\n三"),
        ("<p>一</p>\n<p>二</p>", "一\n二"),
        ("<strong>禁用。</strong>", "禁用。"),
        ("维生素D<sub>3&nbsp;</sub>500单位", "维生素D3 500单位"),
        ("5 &lt; 6 &amp; 7 &gt; 6", "5 < 6 & 7 > 6"),
        ("血压 < 90", "血压 < 90"),
        ("一<script>alert(1)</script>二", "一二"),
        ("<style>p {color: red}</style>一", "一"),
        ("一</script>二", "一二"),
        ("<br /><br />", None),
        ("&#x4e00;&#20108;", "一二"),
    ],
)
def test_what_a_browser_would_show_is_left(written: object, shown: str | None) -> None:
    assert plain_text(written) == shown


def test_an_object_is_no_text() -> None:
    with pytest.raises(ValueError, match="text expected"):
        plain_text({"a": 1})
