/* See made.h. */
#include "made.h"

#include <stdio.h>
#include <string.h>

static dsr_slice copied(dsr_arena *arena, const char *text)
{
    dsr_slice out;
    assert_int_equal(dsr_arena_copy(arena, dsr_slice_of(text), &out), DSR_OK);
    return out;
}

dsr_report *made_report(dsr_arena *arena, const char *path, const char *text, const char *published)
{
    dsr_report *report = dsr_arena_alloc(arena, sizeof *report);
    assert_non_null(report);
    report->source.path = copied(arena, path);
    report->text = copied(arena, text);
    report->id.bytes[0] = (uint8_t)strlen(text);
    if (published[0])
        assert_int_equal(dsr_moment_parse(arena, dsr_slice_of(published), &report->meta.published), DSR_OK);
    if (published[0])
        report->meta.published_from = DSR_FROM_TEXT;
    return report;
}

dsr_span made_find(dsr_slice text, const char *words, uint32_t after)
{
    size_t at = dsr_slice_find(text, dsr_slice_of(words), after);
    if (at == SIZE_MAX)
        print_error("no \"%s\" in the text\n", words);
    assert_true(at != SIZE_MAX);
    return (dsr_span){(uint32_t)at, (uint32_t)(at + strlen(words))};
}

void made_furniture(dsr_arena *arena, dsr_report *report, const char *words, dsr_furniture_kind kind)
{
    assert_int_equal(DSR_LIST_RESERVE(arena, &report->furniture, 1), DSR_OK);
    report->furniture.items[report->furniture.count++] =
        (dsr_furniture){made_find(report->text, words, 0), kind};
}

void made_credit(dsr_arena *arena, dsr_report *report, const char *words, const char *agency)
{
    assert_int_equal(DSR_LIST_RESERVE(arena, &report->credits, 1), DSR_OK);
    report->credits.items[report->credits.count++] =
        (dsr_credit){made_find(report->text, words, 0), dsr_slice_of(agency)};
}

void made_add(dsr_arena *arena, dsr_story *story, dsr_report *report, const char *handle, unsigned words,
              unsigned share)
{
    assert_int_equal(DSR_LIST_RESERVE(arena, &story->reports, 1), DSR_OK);
    story->reports.items[story->reports.count++] =
        (dsr_story_report){report, dsr_slice_of(handle), words, share};
}

dsr_reuse *made_reuse(dsr_arena *arena, dsr_story *story, uint32_t from, uint32_t to)
{
    assert_int_equal(DSR_LIST_RESERVE(arena, &story->reuse, 1), DSR_OK);
    dsr_reuse *reuse = &story->reuse.items[story->reuse.count++];
    *reuse = (dsr_reuse){.from = from, .to = to, .words = 20, .words_of_from = 40, .words_of_to = 50};
    return reuse;
}

dsr_passage *made_passage(dsr_arena *arena, dsr_reuse *reuse, const dsr_report *from, const char *from_words,
                          const dsr_report *to, const char *to_words)
{
    assert_int_equal(DSR_LIST_RESERVE(arena, &reuse->passages, 1), DSR_OK);
    dsr_passage *passage = &reuse->passages.items[reuse->passages.count++];
    *passage = (dsr_passage){
        .from = made_find(from->text, from_words, 0), .to = made_find(to->text, to_words, 0), .words = 10};
    return passage;
}

void made_edit_at(dsr_arena *arena, dsr_passage *passage, dsr_span from, dsr_span to, dsr_edit_kind kind)
{
    assert_int_equal(DSR_LIST_RESERVE(arena, &passage->edits, 1), DSR_OK);
    passage->edits.items[passage->edits.count++] = (dsr_edit){from, to, kind};
}

void made_edit(dsr_arena *arena, dsr_passage *passage, const dsr_report *from, const char *from_words,
               const dsr_report *to, const char *to_words, dsr_edit_kind kind)
{
    uint32_t after_from = passage->from.start, after_to = passage->to.start;
    if (passage->edits.count > 0) {
        after_from = passage->edits.items[passage->edits.count - 1].from.end;
        after_to = passage->edits.items[passage->edits.count - 1].to.end;
    }
    made_edit_at(arena, passage, made_find(from->text, from_words, after_from),
                 made_find(to->text, to_words, after_to), kind);
}

static const char *finished(dsr_arena *arena, dsr_buffer *to)
{
    dsr_slice page;
    assert_int_equal(to->status, DSR_OK);
    assert_int_equal(dsr_arena_copy(arena, dsr_buffer_slice(to), &page), DSR_OK);
    dsr_buffer_drop(to);
    return page.ptr;
}

const char *made_page(dsr_arena *arena, const dsr_story *story, dsr_look look)
{
    dsr_buffer to;
    dsr_buffer_open(&to, 0);
    assert_int_equal(dsr_present_story(arena, &to, story, look), DSR_OK);
    return finished(arena, &to);
}

const char *made_pair(dsr_arena *arena, const dsr_story *story, size_t index, dsr_look look)
{
    dsr_buffer to;
    dsr_buffer_open(&to, 0);
    const dsr_reuse *reuse = &story->reuse.items[index];
    assert_int_equal(dsr_present_reuse(arena, &to, reuse, story->reports.items[reuse->from].report,
                                       story->reports.items[reuse->to].report, look),
                     DSR_OK);
    return finished(arena, &to);
}

/* Past one of our own colour codes: ESC [ digits and ; m */
static const char *skip_colour(const char *p)
{
    p += 2;
    while ((*p >= '0' && *p <= '9') || *p == ';')
        p++;
    assert_int_equal(*p, 'm');
    return p + 1;
}

void check_page(const char *page, unsigned width, bool colour)
{
    unsigned columns = 0;
    const char *end = page + strlen(page), *line = page;
    assert_true(dsr_utf8_is_valid(dsr_slice_of(page), NULL));
    for (const char *p = page; p < end;) {
        if (colour && p[0] == '\033' && p[1] == '[') {
            p = skip_colour(p);
            continue;
        }
        if (*p == '\n') {
            if (columns > width)
                print_error("%u columns, not %u: %.*s\n", columns, width, (int)(p - line), line);
            assert_true(columns <= width);
            columns = 0;
            line = ++p;
            continue;
        }
        size_t length;
        uint32_t c = dsr_utf8_decode(p, end, &length);
        assert_true(c >= ' ' && !dsr_is_control(c));
        columns += (unsigned)dsr_utf8_columns((dsr_slice){p, length});
        p += length;
    }
    assert_int_equal(columns, 0); /* it ends with a newline */
}

bool has(const char *page, const char *words)
{
    if (strstr(page, words))
        return true;
    print_error("no \"%s\" in:\n%s\n", words, page);
    return false;
}

unsigned roll(dice *d, unsigned below)
{
    d->state ^= d->state << 13;
    d->state ^= d->state >> 7;
    d->state ^= d->state << 17;
    return (unsigned)(d->state >> 33) % below;
}
