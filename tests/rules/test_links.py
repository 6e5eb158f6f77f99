import pytest
from hypothesis import given
from hypothesis import strategies as st

from eocif.rules.links import BadLink, Fault, Link, checked_link


@pytest.mark.parametrize(
    ("typed", "url", "host"),
    [
        ("https://www.england.nhs.uk", "https://www.england.nhs.uk", "www.england.nhs.uk"),
        (" HTTPS://Trust.NHS.UK/a?b=c#d ", "https://trust.nhs.uk/a?b=c#d", "trust.nhs.uk"),
        ("https://trust.nhs.uk:8443/x", "https://trust.nhs.uk:8443/x", "trust.nhs.uk"),
        ("https://trust.nhs.uk./x", "https://trust.nhs.uk./x", "trust.nhs.uk"),
        ("https://intranet/board-papers", "https://intranet/board-papers", "intranet"),
        ("https://nhs.uk/someone@here", "https://nhs.uk/someone@here", "nhs.uk"),
        ("https://nhs.uk?who=a@b", "https://nhs.uk/?who=a@b", "nhs.uk"),
        ("https://1.2.3.4.nhs.uk", "https://1.2.3.4.nhs.uk", "1.2.3.4.nhs.uk"),
        ("https://0xa.nhs.uk", "https://0xa.nhs.uk", "0xa.nhs.uk"),
        ("\u200bhttps://nhs.uk\u200b", "https://nhs.uk", "nhs.uk"),
    ],
)
def test_an_https_link_is_taken_with_its_host(typed: str, url: str, host: str) -> None:
    assert checked_link(typed) == Link(url, host)


def test_a_look_alike_host_is_shown_in_ascii() -> None:
    assert checked_link("https://nһs.uk/").host == "xn--ns-4wc.uk"  # its second letter is Cyrillic
    assert checked_link("https://münchen.example/ä").url == "https://xn--mnchen-3ya.example/%C3%A4"


def test_signs_that_mean_something_in_markdown_or_html_are_escaped() -> None:
    url = checked_link('https://nhs.uk/a"<b>`c`').url
    assert not set(url) & set('"<>`')


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Fault.NOT_A_LINK),
        ("see the board paper", Fault.NOT_A_LINK),
        ("www.nhs.uk", Fault.NOT_A_LINK),
        ("https:nhs.uk", Fault.NOT_A_LINK),
        ("javascript:alert(1)", Fault.NOT_A_LINK),
        ("data:text/html,x", Fault.NOT_A_LINK),
        ("mailto:someone@nhs.uk", Fault.NOT_A_LINK),
        ("https://nhs.uk/two words", Fault.NOT_A_LINK),
        ("https://nhs.uk/a\nb", Fault.NOT_A_LINK),
        ("https://nhs.uk/\u200e", Fault.NOT_A_LINK),
        ("https://nhs.uk\\@elsewhere.example", Fault.NOT_A_LINK),
        ("https://nhs.uk:port/", Fault.NOT_A_LINK),
        ("https://nhs.uk:99999/", Fault.NOT_A_LINK),
        ("https://nhs..uk/", Fault.NOT_A_LINK),
        ("https://-nhs.uk/", Fault.NOT_A_LINK),
        ("https://n%68s.uk/", Fault.NOT_A_LINK),
        ("https://[::1/", Fault.NOT_A_LINK),
        ("https://" + ".".join(["a" * 60] * 5), Fault.NOT_A_LINK),
        ("http://nhs.uk", Fault.NOT_HTTPS),
        ("ftp://nhs.uk", Fault.NOT_HTTPS),
        ("javascript://nhs.uk/%0aalert(1)", Fault.NOT_HTTPS),
        ("https://someone@nhs.uk", Fault.HAS_USER),
        ("https://nhs.uk:secret@elsewhere.example", Fault.HAS_USER),
        ("https://@nhs.uk", Fault.HAS_USER),
        ("https:///path", Fault.NO_HOST),
        ("https://?query", Fault.NO_HOST),
        ("https://127.0.0.1", Fault.IS_ADDRESS),
        ("https://127.0.0.1./", Fault.IS_ADDRESS),
        ("https://[::1]/", Fault.IS_ADDRESS),
        ("https://[fe80::1%25eth0]/", Fault.IS_ADDRESS),
        ("https://[::ffff:10.0.0.1]:8443/", Fault.IS_ADDRESS),
        ("https://2130706433/", Fault.IS_ADDRESS),
        ("https://0x7f000001/", Fault.IS_ADDRESS),
        ("https://0x7f.1/", Fault.IS_ADDRESS),
        ("https://0177.0.0.01/", Fault.IS_ADDRESS),
        ("https://10.1/", Fault.IS_ADDRESS),
        ("https://１２７.０.０.１/", Fault.IS_ADDRESS),
        ("https://127。0。0。1/", Fault.IS_ADDRESS),
        ("https://nhs.uk/" + "x" * 1986, Fault.TOO_LONG),
        ("https://nhs.uk/" + "é" * 400, Fault.TOO_LONG),
    ],
)
def test_anything_else_is_refused_with_its_reason(typed: str, reason: Fault) -> None:
    with pytest.raises(BadLink) as refused:
        checked_link(typed)
    assert refused.value.reason is reason


def test_a_link_of_2000_characters_is_taken() -> None:
    longest = "https://nhs.uk/" + "x" * 1985
    assert checked_link(longest).url == longest


@given(
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.sampled_from(["", "https://", "https://nhs.uk"]),
)
def test_any_text_is_a_safe_link_or_a_bad_one(typed: str, beginning: str) -> None:
    try:
        link = checked_link(beginning + typed)
    except BadLink:
        return
    assert link.url.isascii()
    assert link.url.startswith("https://" + link.host)
    assert checked_link(link.url) == link
