"""Pages: what is taken, what is labelled, what is left, and what pages do that nobody should save."""
import json

from harness import case

SAID = "<p>The harbour board voted on Tuesday to close the old pier, its chair said in a statement.</p>"
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Pier closes | The Buoy</title><meta property="og:site_name" content="The Buoy">'
    '<meta property="article:published_time" content="2024-03-05T10:00:00+01:00"><meta property="og:title" content="Pier closes">'
    '<link rel="canonical" href="https://buoy.example/pier"></head><body><nav><a href="/">Home</a> <a href="/sea">Sea</a></nav>'
    "<main><article><h1>Pier closes</h1>" + SAID + "<p>Boats moor at the new quay from Monday on, it said, and the café stays open.</p>"
    "<h2>What comes next</h2><p>Divers look at the piles in April, the board&#8217;s engineer said, &amp; a report follows.</p>"
    "<ul><li>The first stage costs 2 million crowns, the board said.</li></ul>" + SAID.replace("Tuesday", "Friday") +
    '</article></main><footer><p>Write to us</p></footer></body></html>')


def read(place, name, content, *flags):
    ran = place.run("read", "--json", *flags, place.write(name, content)).ends(0)
    (record,) = ran.records()
    return record


def refused(place, name, content, *words):
    place.run("read", "--json", place.write(name, content)).ends(3).says(name, *words)


def kinds(record):
    return {record["text"][f["start"]:f["end"]]: f["kind"] for f in record["furniture"]}


@case
def a_page_is_its_article(place):
    record = read(place, "pier.html", PAGE)
    meta = record["meta"]
    assert (meta["headline"], meta["outlet"], meta["published"]) == ("Pier closes", "The Buoy", "2024-03-05T10:00:00+01:00"), meta
    assert meta["canonical"] == record["source"]["url"] == "https://buoy.example/pier", meta
    assert meta["sources"]["headline"] and meta["published_why"], meta
    text = record["text"]
    assert text.startswith("Pier closes\n\nThe harbour board") and "engineer said, & a report" in text, text
    assert "Home" not in text and "Write to us" not in text, text
    assert kinds(record)["Pier closes"] == "headline" and kinds(record)["What comes next"] == "subhead", kinds(record)
    shapes = {text[b["start"]:b["end"]]: (b["kind"], b["level"]) for b in record["blocks"]}
    assert shapes["What comes next"] == ("heading", 2), shapes
    assert any(kind == "list_item" for kind, _ in shapes.values()), shapes
    assert {part["why"] for part in record["left"]} >= {"navigation", "footer"}, record["left"]


@case
def each_character_leads_to_its_bytes(place):
    for encoding in ("utf-8", "windows-1252", "utf-16"):
        page = PAGE.encode(encoding)
        record = read(place, encoding + ".html", page)
        wide = "utf-16-le" if encoding == "utf-16" else encoding
        at = 0
        for run in record["source_map"]:
            assert run["start"] == at and run["source_start"] < run["source_end"], run
            at = run["end"]
            if run["unit"] != "whole":
                assert page[run["source_start"]:run["source_end"]].decode(wide) == record["text"][run["start"]:run["end"]], run
        assert at == len(record["text"])
        assert "café" in record["text"]


@case
def a_lying_charset_shifts_nothing(place):
    assert "café" in read(place, "lie.html", PAGE.replace("<head>", '<head><meta charset="utf-16">').encode("utf-8"))["text"]
    assert "café" in read(place, "lie2.html", PAGE.replace("<head>", '<head><meta charset="utf-8">').encode("latin-1"))["text"]


@case
def pages_that_hold_no_article(place):
    refused(place, "empty.html", "<html><body><nav><a href=/>Home</a></nav></body></html>", "without an article")
    refused(place, "consent.html", '<html><body><div id="cookie-consent"><p>We and our partners store cookies on your device to make '
            "this site work.</p><button>Accept all</button></div></body></html>", "consent")
    links = "".join(f'<div class="card"><a href="/{i}">Number {i} of many stories about the sea</a></div>' for i in range(60))
    refused(place, "index.html", f"<html><body><h1>News</h1>{links}</body></html>", "index page")


@case
def deep_and_wide_pages(place):
    for name, content in (
        ("deep.html", "<div>" * 100000 + SAID * 3 + "</div>" * 100000),
        ("bold.html", "<b>" * 300000 + SAID * 3),
        ("mixed.html", "<div><span><x-y>" * 50000 + SAID * 3 + "</b></i></section>" * 50000),
        ("lists.html", "<ul><li>" * 100000 + SAID * 3),
        ("attributes.html", "<div " + " ".join(f'a{i}="{i}"' for i in range(50000)) + ">" + SAID * 3),
        ("names.html", "".join(f"<x{i}>" for i in range(100000)) + SAID * 3),
    ):
        record = read(place, name, "<html><body>" + content)
        assert record["text"].count("harbour board") == 3, (name, record["text"])


@case
def pages_cut_off(place):
    record = read(place, "script.html", PAGE.replace("</article>", "<script>var a = 1;</article>", 1))
    assert "engineer" in record["text"] and any("no end" in w for w in record["warnings"]), record["warnings"]
    for at in range(700, len(PAGE), 97):
        ran = place.run("read", "--json", place.write("cut.html", PAGE[:at])).ends(0, 3)
        for line in ran.out.splitlines():
            json.loads(line)


@case
def scripts_and_entities_stay_text(place):
    record = read(place, "xss.html", PAGE.replace("</article>", "<p onclick=alert(1)>He wrote &lt;script&gt;alert(1)&lt;/script&gt; on the wall, "
                  "the board said.<img src=x onerror=alert(2)><svg><script>alert(3)</script></svg></p></article>"))
    assert "<script>alert(1)</script> on the wall" in record["text"] and "alert(2)" not in record["text"] and "alert(3)" not in record["text"]
    record = read(place, "bomb.html", '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + PAGE.replace("April", "&b;&b;"))
    assert "aaaa" not in record["text"]


@case
def pages_and_texts_make_one_story(place):
    page = place.write("pier.html", PAGE)
    text = place.write("pier.txt", "Pier closes\n\n" + "\n\n".join(line for line in read(place, "again.html", PAGE)["text"].split("\n\n")[1:]))
    (story,) = place.run("brief", "--json", page, text).ends(0).records()
    assert len(story["reports"]) == 2 and story["reuse"], story


NEWS = ("The quay of Osmund is to be widened before the winter, the council agreed, and the stones come from Vell.",
        "A bakery burnt down in the night and the three who slept above it were led out unhurt, the brigade said.",
        "Two schools in the hills close for want of pupils, the province said, and the buses go to Lower Vell now.",
        "The rowing club won the long race for the fourth time, nine seconds ahead of the crew from the south.")


def page_with_prompt(number):
    return ('<html lang="en"><head><title>News %d</title><meta property="og:site_name" content="The Buoy">'
            '<link rel="canonical" href="https://buoy.example/%d"></head><body><article><h1>News number %d</h1><p>%s</p>'
            "<p>Harbour letters, weekly and by hand</p><p>%s</p></article></body></html>"
            % (number, number, number, NEWS[number], NEWS[number].replace("the", "this")))


@case
def what_an_outlet_repeats_is_learnt_and_unlearnt(place):
    prompt = "Harbour letters, weekly and by hand"
    for number in range(2):
        place.write("page-%d.html" % number, page_with_prompt(number))
    place.run("add", "--store", "s", "page-0.html", "page-1.html").ends(0)
    said = lambda: [prompt in kinds(r) for r in place.run("extract", *["page-%d.html" % n for n in range(4)]).ends(0).records()]
    for number in (2, 3):
        place.write("page-%d.html" % number, page_with_prompt(number))
    assert said() == [True] * 4
    assert [prompt in kinds(r) for r in place.run("extract", "page-0.html", "page-1.html").records()] == [False] * 2
    place.run("add", "--store", "s", "page-2.html", "page-3.html").ends(0)
    place.run("verify", "--store", "s").ends(0)


@case
def the_first_pages_may_meet_on_two_threads(place):
    for number in range(4):
        place.write("page-%d.html" % number, page_with_prompt(number))
    calls = {place.run("read", "--json", "--jobs", "4", *["page-%d.html" % n for n in range(4)], timeout=20).ends(0).out for _ in range(40)}
    assert len(calls) == 1


@case
def what_never_ends_is_looked_for_once(place):
    for number, unit in enumerate(("<svg>", "<!--a>", "<script><style>")):
        page = PAGE.replace("</article>", unit * (2000000 // len(unit)) + "</article>")
        ran = place.run("read", "--json", place.write("endless-%d.html" % number, page), timeout=30).ends(0)
        assert ran.records()[0]["text"].startswith("Pier closes"), unit
