/* The words of a quotation, in a form in which two outlets' house styles agree. Must not know who said them.
 */
#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "story/quotations_parts.h"

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02bc;
}

/* Characters that nobody sees inside a word: soft hyphen, joiners and their like. */
static bool is_unseen(uint32_t c)
{
    return c == 0xad || (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff;
}

/* A word on its way: runs of letters with what joins them. */
typedef struct reader {
    dsr_slice text;
    size_t at;
    char folded[DSR_LIMIT_WORD_BYTES];
    size_t length;
    dsr_span span;
} reader;

static uint32_t character(const reader *r, size_t at, size_t *length)
{
    if (at >= r->text.len) {
        *length = 0;
        return 0;
    }
    return dsr_utf8_decode(r->text.ptr + at, r->text.ptr + r->text.len, length);
}

/* The end of the run of word characters at `at`; one character in scripts without spaces. */
static size_t run_end(const reader *r, size_t at, unsigned *characters)
{
    size_t length = 0;
    *characters = 0;
    for (uint32_t c = character(r, at, &length); length > 0 && dsr_is_word(c);
         c = character(r, at, &length)) {
        if (dsr_is_unspaced(c)) {
            return *characters == 0 ? at + length : at;
        }
        ++*characters;
        at += length;
    }
    return at;
}

/* Whether the run that ended at r->at goes on behind one character: an apostrophe, something unseen, or the
 * stop of letters that stand for words ("U.S."). */
static bool goes_on(reader *r, unsigned characters)
{
    size_t length = 0;
    size_t next = 0;
    uint32_t c = character(r, r->at, &length);
    bool joins = length > 0 && (is_apostrophe(c) || is_unseen(c) || (c == '.' && characters == 1));
    uint32_t behind = joins ? character(r, r->at + length, &next) : 0;
    if (!joins || next == 0 || !dsr_is_word(behind) || dsr_is_unspaced(behind)) {
        return false;
    }
    r->at += length;
    return true;
}

static bool next_word(reader *r)
{
    size_t length = 0;
    uint32_t c = character(r, r->at, &length);
    while (length > 0 && !dsr_is_word(c)) {
        r->at += length;
        c = character(r, r->at, &length);
    }
    if (length == 0) {
        return false;
    }
    r->length = 0;
    r->span.start = (uint32_t)r->at;
    unsigned characters = 0;
    do {
        size_t end = run_end(r, r->at, &characters);
        dsr_slice run = dsr_slice_part(r->text, r->at, end);
        r->length += dsr_fold_word(run, r->folded + r->length, sizeof r->folded - r->length);
        r->at = end;
    } while (characters > 0 && goes_on(r, characters));
    r->span.end = (uint32_t)r->at;
    return true;
}

dsr_status dsr_quotations_split(dsr_quotations *q, dsr_slice text, dsr_said_part part, uint32_t *room)
{
    reader r = {.text = dsr_slice_part(text, 0, part.span.end), .at = part.span.start};
    for (; *room > 0 && next_word(&r); --*room) {
        if (DSR_LIST_RESERVE(q->scratch, &q->words, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        uint32_t key = (uint32_t)dsr_hash64((dsr_slice){r.folded, r.length}, 0);
        q->words.items[q->words.count++] = (dsr_said_word){key, part.number, r.span};
    }
    return DSR_OK;
}

static bool is_article(const reader *r)
{
    dsr_slice word = {r->folded, r->length};
    return dsr_slice_equal(word, DSR_SLICE("the")) || dsr_slice_equal(word, DSR_SLICE("a")) ||
           dsr_slice_equal(word, DSR_SLICE("an"));
}

uint64_t dsr_quotations_key(dsr_slice words)
{
    reader r = {.text = words};
    uint64_t key = 0;
    for (bool first = true; next_word(&r); first = false) {
        if (!first || !is_article(&r)) {
            key = dsr_hash64((dsr_slice){r.folded, r.length}, key + 1);
        }
    }
    return key;
}
