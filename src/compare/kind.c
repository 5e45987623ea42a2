/* Which kind of change an edit is. Works on folded words and the word lists of the language; knows nothing of
 * alignment. */
#include "compare/edits.h"

#include "base/utf8.h"

#include <string.h>

enum { HEDGE_WORDS = 3 /* words of the longest hedging phrase that is looked for */ };

/* The words of one side, folded; joined by blanks they are phrases that word lists know. */
typedef struct side {
    dsr_slice *words;
    const dsr_word *spans;
    const uint8_t *flags;
    uint32_t count;
    dsr_slice joined;   /* all of them with a blank between two */
    dsr_slice squeezed; /* all of them without */
} side;

static dsr_status fold_side(dsr_arena *arena, const dsr_compare_text *text, uint32_t first, uint32_t last,
                            side *out)
{
    side s = {.count = last - first, .spans = text->words + first, .flags = text->flags + first};
    s.words = dsr_arena_alloc_array(arena, s.count + 1, sizeof *s.words);
    size_t bytes = 1;
    for (uint32_t i = first; i < last; i++) {
        bytes += 3 * dsr_compare_word(text, i).len + 1;
    }
    char *joined = dsr_arena_alloc(arena, bytes);
    char *squeezed = dsr_arena_alloc(arena, bytes);
    if (!s.words || !joined || !squeezed) {
        return DSR_ERR_MEMORY;
    }
    size_t at = 0, tight = 0;
    for (uint32_t i = 0; i < s.count; i++) {
        if (i > 0) {
            joined[at++] = ' ';
        }
        size_t length = dsr_fold_word(dsr_compare_word(text, first + i), joined + at, bytes - at);
        s.words[i] = (dsr_slice){joined + at, length};
        memcpy(squeezed + tight, joined + at, length);
        at += length;
        tight += length;
    }
    s.joined = (dsr_slice){joined, at};
    s.squeezed = (dsr_slice){squeezed, tight};
    *out = s;
    return DSR_OK;
}

typedef struct judge {
    const dsr_lexicon *lexicon;
    dsr_slice language;
    side a, b;
} judge;

static bool is_number(const judge *j, dsr_slice word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] >= '0' && word.ptr[i] <= '9') {
            return true;
        }
    }
    return dsr_lexicon_has(j->lexicon, j->language, DSR_WORDS_NUMBER, word);
}

static bool contains(const side *s, dsr_slice word)
{
    for (uint32_t i = 0; i < s->count; i++) {
        if (dsr_slice_equal(s->words[i], word)) {
            return true;
        }
    }
    return false;
}

/* Some number of `one` that `other` lacks. */
static bool has_other_number(const judge *j, const side *one, const side *other)
{
    for (uint32_t i = 0; i < one->count; i++) {
        if (is_number(j, one->words[i]) && !contains(other, one->words[i])) {
            return true;
        }
    }
    return false;
}

/* Words i .. i + count of a side as one phrase. */
static dsr_slice phrase(const side *s, uint32_t i, uint32_t count)
{
    const char *start = s->words[i].ptr;
    dsr_slice last = s->words[i + count - 1];
    return (dsr_slice){start, (size_t)(last.ptr + last.len - start)};
}

/* Some word or phrase of certainty in `one` that `other` lacks. */
static bool has_other_hedge(const judge *j, const side *one, const side *other)
{
    for (uint32_t i = 0; i < one->count; i++) {
        for (uint32_t n = 1; n <= HEDGE_WORDS && i + n <= one->count; n++) {
            dsr_slice candidate = phrase(one, i, n);
            if (dsr_lexicon_has(j->lexicon, j->language, DSR_WORDS_HEDGE, candidate) &&
                dsr_slice_find(other->joined, candidate, 0) == SIZE_MAX) {
                return true;
            }
        }
    }
    return false;
}

/* What transliterations of one name have in common: y and j read as i, double letters as one, and
 * letters that stand for one sound. */
static size_t sound_key(dsr_slice word, char *out, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < word.len && count < room; i++) {
        char c = word.ptr[i];
        char next = i + 1 < word.len ? word.ptr[i + 1] : '\0';
        if (c == 'y' || c == 'j') {
            c = 'i';
        } else if (c == 'p' && next == 'h') {
            c = 'f';
            i++;
        } else if (c == 'k' && next == 'h') {
            c = 'h';
            i++;
        } else if (c == 'w') {
            c = 'v';
        } else if (c == 'c' && !(next == 'e' || next == 'i' || next == 'y' || next == 'h')) {
            c = 'k';
        }
        if (count == 0 || out[count - 1] != c) {
            out[count++] = c;
        }
    }
    return count;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Whether two keys are equal but for one vowel that one of them has more. */
static bool differ_by_vowel(dsr_slice a, dsr_slice b)
{
    enum { LONG_ENOUGH = 6 };
    dsr_slice lengthier = a.len > b.len ? a : b, shorter = a.len > b.len ? b : a;
    if (lengthier.len != shorter.len + 1 || shorter.len < LONG_ENOUGH) {
        return false;
    }
    size_t i = 0;
    while (i < shorter.len && lengthier.ptr[i] == shorter.ptr[i]) {
        i++;
    }
    return is_vowel(lengthier.ptr[i]) && i > 0 &&
           memcmp(lengthier.ptr + i + 1, shorter.ptr + i, shorter.len - i) == 0;
}

/* Two spellings of one name, by sound. */
static bool sounds_alike(dsr_slice a, dsr_slice b)
{
    enum { SHORTEST = 4, LONGEST = 64 };
    char key_a[LONGEST], key_b[LONGEST];
    if (a.len < SHORTEST || b.len < SHORTEST || a.len > LONGEST || b.len > LONGEST) {
        return false;
    }
    dsr_slice x = {key_a, sound_key(a, key_a, sizeof key_a)};
    dsr_slice y = {key_b, sound_key(b, key_b, sizeof key_b)};
    return dsr_slice_equal(x, y) || differ_by_vowel(x, y);
}

/* Words i .. of `a` and k .. of `b` that say the same: equal, two spellings of one thing, or one name by
 * sound. Sets how many on each side; false where none do. */
static bool same_thing(const judge *j, uint32_t i, uint32_t k, uint32_t *a_words, uint32_t *b_words)
{
    size_t longest = dsr_lexicon_variant_words(j->lexicon, j->language);
    for (uint32_t p = 1; p <= longest && i + p <= j->a.count; p++) {
        uint32_t group = dsr_lexicon_variant(j->lexicon, j->language, phrase(&j->a, i, p));
        for (uint32_t q = 1; group && q <= longest && k + q <= j->b.count; q++) {
            if (group == dsr_lexicon_variant(j->lexicon, j->language, phrase(&j->b, k, q))) {
                *a_words = p;
                *b_words = q;
                return true;
            }
        }
    }
    *a_words = *b_words = 1;
    bool names = j->a.spans[i].capital && j->b.spans[k].capital;
    return dsr_slice_equal(j->a.words[i], j->b.words[k]) ||
           (names && sounds_alike(j->a.words[i], j->b.words[k]));
}

/* The same in another spelling, from the first word to the last. */
static bool is_style(const judge *j)
{
    if (dsr_slice_equal(j->a.squeezed, j->b.squeezed)) {
        return true;
    }
    uint32_t i = 0, k = 0;
    while (i < j->a.count && k < j->b.count) {
        uint32_t a_words = 0, b_words = 0;
        if (!same_thing(j, i, k, &a_words, &b_words)) {
            return false;
        }
        i += a_words;
        k += b_words;
    }
    return i == j->a.count && k == j->b.count;
}

/* Whether all words are capitals and name something: not days and months, nor only what begins a sentence. */
static bool is_name(const judge *j, const side *s)
{
    bool name = false;
    for (uint32_t i = 0; i < s->count; i++) {
        bool day = dsr_lexicon_weekday(j->lexicon, j->language, s->words[i]) >= 0 ||
                   dsr_lexicon_month(j->lexicon, j->language, s->words[i]) >= 0;
        if (!s->spans[i].capital || day) {
            return false;
        }
        name = name || (s->flags[i] & DSR_WORD_NAME);
    }
    return name;
}

static dsr_edit_kind find_kind(const judge *j)
{
    if (is_style(j)) {
        return DSR_EDIT_STYLE;
    }
    bool both = j->a.count && j->b.count;
    bool numbers = has_other_number(j, &j->a, &j->b) || has_other_number(j, &j->b, &j->a);
    if (numbers && both) {
        return DSR_EDIT_NUMBER;
    }
    if (has_other_hedge(j, &j->a, &j->b) || has_other_hedge(j, &j->b, &j->a)) {
        return DSR_EDIT_HEDGE;
    }
    if (!j->a.count) {
        return DSR_EDIT_ADDITION;
    }
    if (!j->b.count) {
        return DSR_EDIT_DELETION;
    }
    return is_name(j, &j->a) && is_name(j, &j->b) ? DSR_EDIT_NAME : DSR_EDIT_WORDING;
}

dsr_status dsr_edit_find_kind(dsr_arena *arena, const dsr_lexicon *lexicon, const dsr_compare_text *a,
                              const dsr_compare_text *b, const dsr_edit_words *words, dsr_edit_kind *out)
{
    judge j = {.lexicon = lexicon, .language = a->report->meta.language};
    dsr_status status = fold_side(arena, a, words->a_first, words->a_last, &j.a);
    if (status == DSR_OK) {
        status = fold_side(arena, b, words->b_first, words->b_last, &j.b);
    }
    if (status == DSR_OK) {
        *out = find_kind(&j);
    }
    return status;
}
