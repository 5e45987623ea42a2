/* Sentences that share copied words are one text: passages are walked stretch by stretch. Must not know how
 * passages are found. */
#include "story/told.h"

enum { TIED_BYTES = 30 }; /* copied, that make two sentences one text: five words or so of a passage */

static uint32_t root_of(uint32_t *up, uint32_t sentence)
{
    while (up[sentence] != sentence) {
        up[sentence] = up[up[sentence]];
        sentence = up[sentence];
    }
    return sentence;
}

uint32_t dsr_told_text_of(dsr_told *told, uint32_t sentence)
{
    return root_of(told->copy_of, sentence);
}

uint32_t dsr_told_twin_of(dsr_told *told, uint32_t sentence)
{
    return root_of(told->twin_of, sentence);
}

static void unite(uint32_t *up, uint32_t from, uint32_t to)
{
    uint32_t a = root_of(up, from), b = root_of(up, to);
    up[a > b ? a : b] = a < b ? a : b;
}

/* Two sentences and what they were found to share so far. */
typedef struct tie {
    uint32_t from, to;
    uint32_t bytes;
    uint32_t shorter; /* bytes of the shorter one */
} tie;

static void note_shared(dsr_told *told, tie *last, const tie *now)
{
    if (last->from != now->from || last->to != now->to) {
        *last = *now;
        last->bytes = 0;
    }
    last->bytes += now->bytes;
    if (last->bytes >= TIED_BYTES) {
        unite(told->copy_of, now->from, now->to);
        if (last->bytes >= last->shorter / 2) {
            unite(told->twin_of, now->from, now->to);
        }
    }
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* A stretch of equal words: both sides are walked sentence by sentence. White space may differ, so that
 * places correspond up to a few bytes. */
static void walk_stretch(dsr_told *told, const dsr_reuse *reuse, dsr_span from, dsr_span to, tie *last)
{
    uint32_t length = least(from.end - from.start, to.end - to.start), done = 0;
    while (done < length) {
        uint32_t a = dsr_told_sentence(told, reuse->from, from.start + done);
        uint32_t b = dsr_told_sentence(told, reuse->to, to.start + done);
        if (a == UINT32_MAX || b == UINT32_MAX) {
            done++; /* between sentences */
            continue;
        }
        dsr_span whole_a = dsr_told_span(told, reuse->from, a), whole_b = dsr_told_span(told, reuse->to, b);
        uint32_t left_a = whole_a.end - (from.start + done), left_b = whole_b.end - (to.start + done);
        uint32_t step = least(least(left_a, left_b), length - done);
        tie now = {a, b, step, least(whole_a.end - whole_a.start, whole_b.end - whole_b.start)};
        note_shared(told, last, &now);
        done += step;
    }
}

static void walk_passage(dsr_told *told, const dsr_reuse *reuse, const dsr_passage *passage)
{
    tie last = {UINT32_MAX, UINT32_MAX, 0, 0};
    uint32_t from = passage->from.start, to = passage->to.start;
    for (size_t i = 0; i <= passage->edits.count; i++) {
        bool end = i == passage->edits.count;
        dsr_span f = end ? (dsr_span){passage->from.end, passage->from.end} : passage->edits.items[i].from;
        dsr_span t = end ? (dsr_span){passage->to.end, passage->to.end} : passage->edits.items[i].to;
        if (f.start > from && t.start > to) {
            walk_stretch(told, reuse, (dsr_span){from, f.start}, (dsr_span){to, t.start}, &last);
        }
        from = f.end;
        to = t.end;
    }
}

dsr_status dsr_told_tie(dsr_told *told)
{
    for (size_t i = 0; i < told->story->reuse.count; i++) {
        const dsr_reuse *reuse = &told->story->reuse.items[i];
        if (reuse->from >= told->story->reports.count || reuse->to >= told->story->reports.count) {
            return DSR_ERR_ARGUMENT;
        }
        for (size_t p = 0; p < reuse->passages.count; p++) {
            walk_passage(told, reuse, &reuse->passages.items[p]);
        }
    }
    return DSR_OK;
}
