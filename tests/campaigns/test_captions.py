"""Captions as people have them -> WebVTT, or a sentence that names the line."""

from contextlib import suppress
from itertools import pairwise

import pytest
import webvtt
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from campaigns.captions import LARGEST, check_duration, read_captions
from campaigns.transcript import parse_transcript, transcript_of

VTT = "WEBVTT\n\n"
CUE = "00:01.000 --> 00:02.000\nWords.\n"


def errors_of(content):
    with pytest.raises(ValidationError) as caught:
        read_captions(content if isinstance(content, bytes) else content.encode())
    return caught.value.messages


def words_of(content):
    return [cue.text for cue in read_captions(content.encode()).cues]


@pytest.mark.parametrize(
    ("content", "written"),
    [
        (f"{VTT}{CUE}", "00:00:01.000 --> 00:00:02.000\nWords.\n"),
        (f"WEBVTT - a title\nKind: captions\n\n{CUE}", None),
        (f"{VTT}{CUE}".replace("\n", "\r\n"), None),
        (f"{VTT}{CUE}".replace("\n", "\r"), None),
        (f"\ufeff{VTT}{CUE}", None),
        (f"{VTT}NOTE for us only\n\n{CUE}", None),
        (f"{VTT}STYLE\n::cue {{ background: url(https://x.org) }}\n\n{CUE}", None),
        (f"{VTT}REGION\nid:a\n\n{CUE}", None),
        (f"{VTT}00:03.000 --> 00:04.000\n\n{CUE}".replace("00:03", "00:00", 1), None),
        (f"{VTT}{CUE}".replace("2.000", "2.000 region:a speed:9"), None),
        ("1\n00:00:01,000 --> 00:00:02,000\nWords.\n", None),
        ("1\r\n00:00:01,000 --> 00:00:02,000\r\nWords.\r\n", None),
        ("1\n0:00:01,000 --> 0:00:02,000  X1:40 X2:600\nWords.\n", None),
        ("00:00:01,000 --> 00:00:02,000\nWords.\n", None),
        (
            f"{VTT}name\n{CUE}".replace("2.000", "2.000 align:start line:0"),
            "name\n00:00:01.000 --> 00:00:02.000 line:0 align:start\nWords.\n",
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}{\\i1}Words.\n",
            "00:00:01.000 --> 00:00:02.000 line:0\nWords.\n",
        ),
    ],
)
def test_what_is_written(content, written):
    expected = written or "00:00:01.000 --> 00:00:02.000\nWords.\n"
    assert read_captions(content.encode()).webvtt == f"{VTT}{expected}"


def test_utf_16_is_read_where_it_says_so():
    captions = read_captions(f"{VTT}{CUE}".replace("Words", "Été").encode("utf-16"))
    assert captions.cues[0].text == "Été."
    assert captions.webvtt.startswith("WEBVTT\n")


@pytest.mark.parametrize(
    ("words", "kept", "plain"),
    [
        ("<b>Bold</b>", "<b>Bold</b>", "Bold"),
        ("<v Ann>Hello", "<v Ann>Hello", "Hello"),
        ("<c.loud>Hello</c>", "<c.loud>Hello</c>", "Hello"),
        ("One <00:01.500>two", "One <00:01.500>two", "One two"),
        ("<lang fr>Non</lang>", "<lang fr>Non</lang>", "Non"),
        ('<font color="red">Red</font>', "Red", "Red"),
        ("<script>alert(1)</script>", "alert(1)", "alert(1)"),
        ("<img src=x onerror=alert(1)>", "", ""),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3", "1 < 2 & 3"),
        ("R&amp;D &eacute;", "R&amp;D &amp;eacute;", "R&D &eacute;"),
    ],
)
def test_markup(words, kept, plain):
    if not plain:
        assert errors_of(f"{VTT}00:01.000 --> 00:02.000\n{words}\n") == [
            "There are no captions in this file."
        ]
        return
    captions = read_captions(f"{VTT}00:01.000 --> 00:02.000\n{words}\n".encode())
    assert captions.webvtt.splitlines()[3] == kept
    assert captions.cues[0].text == plain


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        ("", ["There are no captions"]),
        ("WEBVTT", ["There are no captions"]),
        (VTT, ["There are no captions"]),
        ("WEBVTTHello\n\n" + CUE, ["Line 1: the file begins with WEBVTT"]),
        ("WEBVTT\n" + CUE, ["Line 2: leave an empty line"]),
        ("WEBVTT\n\nWords.", ["Line 3: these words have no time"]),
        ("<html>Not found</html>", ["Line 1: these words have no time"]),
        (f"{VTT}{CUE}\nMore words.", ["Line 6: these words have no time"]),
        (f"{VTT}{CUE}{CUE}", ["Line 5: an empty line is missing"]),
        (f"{VTT}00:01.000 -> 00:02.000\nWords.", ["Line 3: this is not a time"]),
        (f"{VTT}00:61.000 --> 01:62.000\nWords.", ["Line 3: this is not a time"]),
        (f"{VTT}one --> two\nWords.", ["Line 3: this is not a time"]),
        ("1\n00:99:01,000 --> 00:99:02,000\nWords.", ["Line 2: this is not a time"]),
        ("7\n00:01 --> 00:02\nWords.", ["Line 2: this is not a time"]),
        (f"{VTT}00:02.000 --> 00:01.000\nWords.", ["Line 3: this caption ends before"]),
        (f"{VTT}00:02.000 --> 00:02.000\nWords.", ["Line 3: this caption ends before"]),
        (
            f"{VTT}name\n00:02.000 --> 00:03.000\nWords.\n\n{CUE}",
            ["Line 7: this caption begins before the one above"],
        ),
        (
            f"{VTT}oh\n\n00:03.000 --> 00:02.000\nWords.",
            ["Line 3: these words", "Line 5: this caption ends"],
        ),
        (f"{VTT}{CUE}".replace("Words", "Été").encode("latin-1"), ["Line 4: a letter"]),
        (f"{VTT}{CUE}".encode("utf-16-le"), ["This is not a text file"]),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", ["This is not a text file"]),
        (b"\x1aE\xdf\xa3\x01\x00", ["This is not a text file"]),
        (b"a" * (LARGEST + 1), ["This file is larger than 512 KB"]),
    ],
)
def test_errors_name_the_line(content, sentences):
    found = errors_of(content)
    assert len(found) == len(sentences)
    for message, start in zip(found, sentences, strict=True):
        assert message.startswith(start)


def test_a_long_list_of_errors_is_cut():
    assert len(errors_of(VTT + "Words.\n\n" * 5000)) == 8


def test_two_people_may_speak_at_once():
    both = f"{VTT}00:01.000 --> 00:05.000\nA.\n\n00:01.000 --> 00:03.000\nB.\n"
    assert words_of(both) == ["A.", "B."]


def test_captions_end_with_the_film():
    captions = read_captions(f"{VTT}{CUE}\n00:08.000 --> 00:10.000\nB.\n".encode())
    check_duration(captions.cues, 9.5)
    with pytest.raises(ValidationError, match="Line 6: this caption ends at 0:10"):
        check_duration(captions.cues, 8)


@given(st.binary(max_size=400))
def test_no_bytes_break_it(content):
    with suppress(ValidationError):
        read_captions(content)


TIMES = st.lists(st.integers(0, 3_599_999), min_size=2, max_size=12, unique=True).map(
    sorted
)
# What a text editor lets people type, and what they may not mean as markup.
WORDS = st.text(
    st.one_of(
        st.sampled_from("<>&-/bicv .{}\\an8;amp"),
        st.characters(categories=("L", "N", "P", "S", "Zs")),
    ),
    min_size=1,
    max_size=40,
)


@given(TIMES, WORDS)
def test_what_is_written_can_be_read_again(times, words):
    def stamp(at):
        seconds, thousandths = divmod(at, 1000)
        return f"{seconds // 60:02}:{seconds % 60:02}.{thousandths:03}"

    cues = [
        f"{stamp(start)} --> {stamp(end)}\nX {words}\n"
        for start, end in pairwise(times)
    ]
    try:
        captions = read_captions((VTT + "\n".join(cues)).encode())
    except ValidationError:
        # An arrow in the words.
        assert "-->" in words
        return
    again = read_captions(captions.webvtt.encode())
    assert again.webvtt == captions.webvtt
    assert [cue.text for cue in again.cues] == [cue.text for cue in captions.cues]
    library = webvtt.from_string(captions.webvtt, strict=True)
    assert len(library.captions) == len(times) - 1


def transcript(*cues):
    lines = []
    for start, end, words in cues:
        lines.append(f"00:{start:02}.000 --> 00:{end:02}.000\n{words}\n")
    captions = read_captions((VTT + "\n".join(lines)).encode())
    return transcript_of(captions.cues)


def test_captions_become_passages():
    long = "A sentence of some length that fills the screen quite well and goes on, "
    assert transcript((0, 1, "Loitering."), (1, 2, "Begging.")) == (
        "0:00 Loitering. Begging."
    )
    assert transcript((0, 1, "Loitering."), (9, 10, "Begging.")) == (
        "0:00 Loitering.\n0:09 Begging."
    )
    assert transcript((0, 1, "<v Ann>Why?"), (1, 2, "<v Ben>Because.")) == (
        "0:00 Ann: Why?\n0:01 Ben: Because."
    )
    assert transcript(
        (0, 1, long), (1, 2, long), (2, 3, "done."), (3, 4, "Next.")
    ).endswith("done.\n0:03 Next.")
    assert [passage.time for passage in parse_transcript(transcript((0, 1, "A.")))] == [
        "0:00"
    ]
