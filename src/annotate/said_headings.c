/* Quotations in headings whose speaker the heading does not name: the body has the same words, in marks or
 * not, and tells who says them. Must not know how speakers are ranked. */
#include "annotate/said_parts.h"
#include "base/utf8.h"

#include <string.h>

enum { HEADINGS_MOST = 32, MATCHES_MOST = 8, LETTERS_LEAST = 8, LETTERS_MOST = 400 };

/* Letters and digits of the body's words, folded and written together, so that "non starters" is
 * "non-starters". */
typedef struct body {
    char *letters;
    size_t count;
    uint32_t *starts; /* by word: where its letters begin */
    uint32_t *words;  /* by word: its token */
    size_t word_count;
} body;

static size_t fold_token(const dsr_said_state *s, uint32_t token, char *out, size_t room)
{
    char folded[3 * LETTERS_MOST];
    dsr_slice text = dsr_said_text(s, token);
    if (text.len > LETTERS_MOST) {
        return 0;
    }
    size_t count = dsr_fold_word(text, folded, sizeof folded);
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < room; i++) {
        char c = folded[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            out[kept++] = c;
        }
    }
    return kept;
}

static dsr_status read_body(const dsr_said_state *s, body *b)
{
    size_t room = s->text.len + 1;
    b->letters = dsr_arena_alloc(s->arena, room);
    b->starts = dsr_arena_alloc_array(s->arena, s->token_count + 1, sizeof *b->starts);
    b->words = dsr_arena_alloc_array(s->arena, s->token_count + 1, sizeof *b->words);
    if (b->letters == NULL || b->starts == NULL || b->words == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t t = 0; t < s->token_count; t++) {
        if (s->headings[s->tokens[t].sentence] != 0) {
            continue;
        }
        size_t letters = fold_token(s, t, b->letters + b->count, room - b->count);
        if (letters > 0) {
            b->starts[b->word_count] = (uint32_t)b->count;
            b->words[b->word_count++] = t;
            b->count += letters;
        }
    }
    return DSR_OK;
}

/* The token whose letters begin at `at`; NONE where none does. */
static uint32_t word_at(const body *b, size_t at)
{
    size_t low = 0, high = b->word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->starts[middle] < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < b->word_count && b->starts[low] == at ? b->words[low] : DSR_SAID_NONE;
}

/* Who says what stands at a token of the body: of words in marks their speaker, else the likeliest source of
 * a clause that has it. */
static uint32_t speaker_at(const dsr_said_state *s, uint32_t token)
{
    uint32_t quote = s->tokens[token].quote;
    if (quote != DSR_SAID_NONE && s->segments[quote].mention != DSR_SAID_NONE) {
        return s->segments[quote].mention;
    }
    uint32_t best = DSR_SAID_NONE;
    for (uint32_t i = 0; i < s->told.count; i++) {
        const dsr_attribution *a = &s->told.items[i];
        for (uint32_t k = 0; k < a->contents; k++) {
            bool within = a->content[k].start <= s->tokens[token].span.start &&
                          s->tokens[token].span.end <= a->content[k].end;
            bool better = best == DSR_SAID_NONE || a->score > s->told.items[best].score;
            best = within && better && s->told_by[i] != DSR_SAID_NONE ? i : best;
        }
    }
    return best != DSR_SAID_NONE ? s->told_by[best] : DSR_SAID_NONE;
}

static uint32_t find_speaker(const dsr_said_state *s, const body *b, const dsr_said_segment *q)
{
    char letters[LETTERS_MOST];
    size_t count = 0;
    for (uint32_t t = q->first; t < q->end && count < sizeof letters; t++) {
        count += fold_token(s, t, letters + count, sizeof letters - count);
    }
    if (count < LETTERS_LEAST) {
        return DSR_SAID_NONE;
    }
    dsr_slice all = {b->letters, b->count}, key = {letters, count};
    size_t at = dsr_slice_find(all, key, 0);
    for (unsigned i = 0; i < MATCHES_MOST && at != SIZE_MAX; i++) {
        uint32_t token = word_at(b, at);
        uint32_t mention = token != DSR_SAID_NONE ? speaker_at(s, token) : DSR_SAID_NONE;
        if (mention != DSR_SAID_NONE) {
            return mention;
        }
        at = dsr_slice_find(all, key, at + 1);
    }
    return DSR_SAID_NONE;
}

dsr_status dsr_said_read_headings(dsr_said_state *s)
{
    body b = {0};
    unsigned looked_for = 0;
    for (size_t i = 0; i < s->quote_count && looked_for < HEADINGS_MOST; i++) {
        dsr_said_segment *q = &s->segments[i];
        if (!q->heading || q->mention != DSR_SAID_NONE || q->first == q->end) {
            continue;
        }
        if (looked_for++ == 0) {
            dsr_status status = read_body(s, &b);
            if (status != DSR_OK) {
                return status;
            }
        }
        q->body = find_speaker(s, &b, q);
    }
    return DSR_OK;
}
