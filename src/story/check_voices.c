/* How many newsrooms tell a sentence of the draft by themselves: reports whose sentences run alike for some
 * words outside of quotation marks are one voice. Must not know what they tell. */
#include "story/check_parts.h"

#include "base/map.h"

#include <stdlib.h>

enum { RUN_WORDS = 7, WORDS_LOOKED_AT = 200 };

static uint32_t root_of(uint32_t *up, uint32_t at)
{
    while (up[at] != at) {
        up[at] = up[up[at]];
        at = up[at];
    }
    return at;
}

static void unite(uint32_t *up, uint32_t a, uint32_t b)
{
    a = root_of(up, a);
    b = root_of(up, b);
    up[a > b ? a : b] = a < b ? a : b;
}

static dsr_status tie(dsr_map *firsts, uint32_t *up, uint32_t at, uint64_t key)
{
    uint32_t first;
    dsr_status status = dsr_map_intern(firsts, key, at, &first);
    if (status == DSR_OK) {
        unite(up, first, at);
    }
    return status;
}

static bool is_quoted(const dsr_report *report, uint32_t at)
{
    size_t first = DSR_CHECK_FIRST(&report->quotes, at + 1);
    for (size_t i = first; i > 0 && first - i < 8; i--) {
        const dsr_quote *q = &report->quotes.items[i - 1];
        if (q->kind != DSR_QUOTE_INDIRECT && q->span.end > at) {
            return true;
        }
    }
    return false;
}

/* Each run of words of the sentence, those in quotation marks left out: speech that both heard ties nobody.
 */
static dsr_status tie_runs(dsr_map *firsts, uint32_t *up, uint32_t at, const dsr_report *report,
                           dsr_span span)
{
    uint64_t run[RUN_WORDS];
    uint32_t count = 0;
    dsr_slice rest = dsr_slice_part(report->text, span.start, span.end), word;
    dsr_status status = DSR_OK;
    for (uint32_t n = 0; status == DSR_OK && n < WORDS_LOOKED_AT && dsr_stem_next_word(&rest, &word); n++) {
        char room[DSR_STEM_WORD_BYTES];
        dsr_slice folded = {room, dsr_stem_fold(word, room)};
        if (is_quoted(report, (uint32_t)(word.ptr - report->text.ptr))) {
            count = 0;
            continue;
        }
        run[count++ % RUN_WORDS] = dsr_hash64(folded.len > 0 ? folded : word, 1);
        if (count >= RUN_WORDS) {
            uint64_t hash = 0;
            for (uint32_t k = 0; k < RUN_WORDS; k++) {
                hash = dsr_hash_mix(hash ^ run[(count + k) % RUN_WORDS]);
            }
            status = tie(firsts, up, at, hash | 1);
        }
    }
    return status;
}

static bool is_before(const dsr_report *a, const dsr_report *b)
{
    return a->meta.published.iso.len > 0 && b->meta.published.iso.len > 0 &&
           a->meta.published.latest <= b->meta.published.earliest;
}

/* The report that appeared before all others that tell it, where their dates say so. */
static uint32_t first_of(const dsr_checker *c, const dsr_checked_sentence *s)
{
    uint32_t best = s->carriers.items[0].carrier.report;
    for (size_t i = 1; i < s->carriers.count; i++) {
        const dsr_moment *a =
            &c->story->reports.items[s->carriers.items[i].carrier.report].report->meta.published;
        const dsr_moment *b = &c->story->reports.items[best].report->meta.published;
        bool earlier = a->iso.len > 0 && (b->iso.len == 0 || a->latest < b->latest);
        best = earlier ? s->carriers.items[i].carrier.report : best;
    }
    for (size_t i = 0; i < s->carriers.count; i++) {
        uint32_t other = s->carriers.items[i].carrier.report;
        if (other != best &&
            !is_before(c->story->reports.items[best].report, c->story->reports.items[other].report)) {
            return DSR_NO_REPORT;
        }
    }
    return best;
}

static void number(dsr_checked_sentence *s, uint32_t *up)
{
    uint32_t last = UINT32_MAX;
    for (uint32_t i = 0; i < s->carriers.count; i++) {
        dsr_carrier *carrier = &s->carriers.items[i].carrier;
        uint32_t root = root_of(up, i);
        carrier->voice = root == i ? s->independent++ : s->carriers.items[root].carrier.voice;
        carrier->lead = root == i;
        s->reports += carrier->report != last;
        last = carrier->report;
    }
}

dsr_status dsr_check_voices(dsr_checker *c, dsr_checked_sentence *s)
{
    uint32_t count = (uint32_t)s->carriers.count;
    s->first = DSR_NO_REPORT;
    if (count == 0) {
        return DSR_OK;
    }
    uint32_t *up = dsr_arena_alloc_array(c->work, count, sizeof *up);
    dsr_map *firsts = dsr_map_new((size_t)count * 16);
    dsr_status status = up != NULL && firsts != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        up[i] = i;
    }
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        const dsr_carrier *carrier = &s->carriers.items[i].carrier;
        status = tie(firsts, up, i, (uint64_t)carrier->report << 1);
        if (status == DSR_OK) {
            status =
                tie_runs(firsts, up, i, c->story->reports.items[carrier->report].report, carrier->sentence);
        }
    }
    dsr_map_drop(firsts);
    if (status == DSR_OK) {
        number(s, up);
        s->first = first_of(c, s);
    }
    return status;
}
