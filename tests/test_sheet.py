"""The crawl and the languages are worth what their reader of pages sees."""

from tests.sheet import Sheet


def test_strict_reader_finds_faults() -> None:
    sheet = Sheet(BAD)
    assert sheet.faults("en") == [
        "style in the page: <p> color: red",
        "script in the page: p onclick",
        "</div> closes <p>",
        "script in the page",
        "script in an address of <a>",
        "id twice: same",
        "asks another server: //elsewhere.example/x.png",
        "2 h1",
        "lang is 'sq'",
        "for leads to no id: none",
        "form leaves the hub: https://elsewhere.example/",
        "POST form without token: /there/",
    ]
    assert sheet.links == ["javascript:void(0)"]
    assert sheet.words == ["One", "Two", "Seen"]


BAD = """<!doctype html><html lang="sq"><body><h1 id="same">One</h1><h1 id="same">Two</h1>
<div><p style="color: red" onclick="x()">Seen</div><script>x()</script>
<a href="javascript:void(0)"></a><img src="//elsewhere.example/x.png"><label for="none"></label>
<div hidden><a href="/unseen/">Unseen</a></div>
<form action="https://elsewhere.example/"></form><form method="post" action="/there/"></form>
</body></html>"""


def test_strict_reader_sends_forms_as_a_browser_does() -> None:
    sheet = Sheet(
        '<form action="/list/?old=1"><input name="q"><input type="checkbox" name="own">'
        '<select name="kind"><option value="a">A</option><option value="b" selected>B</option>'
        '<option value="c">C</option></select><button name="go">Go</button></form>'
    )
    assert sheet.forms[0].asks() == [
        "/list/?q=&kind=b",
        "/list/?q=komuna&own=on&kind=c",
    ]
    assert sheet.faults("en") == []
