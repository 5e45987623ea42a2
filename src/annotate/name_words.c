/* The words of a report as the name tagger sees them: spelling, shape, gazetteer lists, runs of capitals,
 * what the rest of the report shows of them. Must not know labels and weights. */
#include "annotate/name_parts.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

enum {
    LOWER_BYTES = 48,   /* of a word that are looked at */
    PHRASE_TOKENS = 12, /* in the longest phrase of a gazetteer */
    REACH = 2,          /* words this near to a capital may belong to a name */
    SEEN_SMALL = 1,
    SEEN_CAPITAL = 2
};

/* Lists that name something; a word in small letters is not looked up in them. */
static const uint32_t name_lists = DSR_GAZETTEER_GIVEN | DSR_GAZETTEER_FEMALE | DSR_GAZETTEER_MALE |
                                   DSR_GAZETTEER_SURNAME | DSR_GAZETTEER_COMMON | DSR_GAZETTEER_COUNTRY |
                                   DSR_GAZETTEER_CITY | DSR_GAZETTEER_REGION | DSR_GAZETTEER_BUILDING |
                                   DSR_GAZETTEER_BODY | DSR_GAZETTEER_SHORT | DSR_GAZETTEER_TEAM |
                                   DSR_GAZETTEER_PRESS | DSR_GAZETTEER_PLACE_TOO;

/* ---- spelling ---- */

static size_t lower_of(dsr_slice word, char out[LOWER_BYTES])
{
    size_t used = 0;
    const char *p = word.ptr;
    const char *end = p + word.len;
    while (p < end && used + 4 <= LOWER_BYTES) {
        unsigned char c = (unsigned char)*p;
        if (c < 128) {
            c = (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            out[used++] = (char)(c >= '0' && c <= '9' ? '0' : c);
            p++;
            continue;
        }
        size_t length;
        uint32_t code_point = dsr_utf8_decode(p, end, &length);
        code_point = code_point == 0x2019 ? '\'' : code_point;
        used += dsr_utf8_encode(dsr_lower(code_point), out + used);
        p += length;
    }
    return used;
}

static uint32_t hash_of(const char *bytes, size_t count)
{
    return (uint32_t)(dsr_hash64((dsr_slice){bytes, count}, 0) >> 32) | 1u;
}

uint32_t dsr_name_hash_lower(dsr_slice word)
{
    char bytes[LOWER_BYTES];
    size_t count = lower_of(word, bytes);
    return hash_of(bytes, count);
}

uint64_t dsr_name_habit_key(uint32_t lower)
{
    return dsr_feature_add(UINT64_C(0x68616269), lower);
}

static void spell(dsr_name_word *word, dsr_slice text)
{
    char bytes[LOWER_BYTES];
    size_t count = lower_of(text, bytes);
    word->lower = hash_of(bytes, count);
    for (size_t i = 0; i < count && i < 4; i++) {
        word->head = word->head << 8 | (unsigned char)bytes[i];
    }
    for (size_t i = count > 8 ? count - 8 : 0; i < count; i++) {
        word->tail = word->tail << 8 | (unsigned char)bytes[i];
    }
}

/* ---- shape ---- */

typedef struct letters {
    unsigned upper, lower, digits, dots;
    bool first_upper;
} letters;

static letters count_letters(dsr_slice text)
{
    letters n = {0};
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end;) {
        unsigned char c = (unsigned char)*p;
        size_t length = 1;
        bool upper = c >= 'A' && c <= 'Z';
        if (c >= 128) {
            uint32_t cp = dsr_utf8_decode(p, end, &length);
            upper = dsr_is_upper(cp);
            n.lower += !upper && dsr_is_letter(cp);
        }
        n.upper += upper;
        n.first_upper = n.first_upper || (upper && p == text.ptr);
        n.lower += c >= 'a' && c <= 'z';
        n.digits += c >= '0' && c <= '9';
        n.dots += c == '.';
        p += length;
    }
    return n;
}

static dsr_name_shape shape_of_word(dsr_slice text, letters n)
{
    if (n.digits > 0) {
        return n.upper + n.lower > 0 ? DSR_SHAPE_DIGITS_LETTERS : DSR_SHAPE_DIGITS;
    }
    if (n.upper == 0) {
        return text.ptr[0] == '\'' || text.ptr[0] == '\xe2' ? DSR_SHAPE_CLITIC : DSR_SHAPE_LOWER;
    }
    if (n.upper + n.lower == 1) {
        return DSR_SHAPE_INITIAL;
    }
    if (n.lower == 0) {
        return n.dots > 1 ? DSR_SHAPE_DOTTED : DSR_SHAPE_CAPITALS;
    }
    return n.first_upper && n.upper == 1 ? DSR_SHAPE_CAPITAL : DSR_SHAPE_MIXED;
}

static dsr_name_shape shape_of_mark(dsr_slice text)
{
    size_t length;
    uint32_t c = dsr_utf8_decode(text.ptr, text.ptr + text.len, &length);
    switch (c) {
    case ',':
        return DSR_SHAPE_COMMA;
    case '.':
    case '!':
    case '?':
        return DSR_SHAPE_STOP;
    case '(':
    case '[':
        return DSR_SHAPE_OPEN;
    case ')':
    case ']':
        return DSR_SHAPE_CLOSE;
    case '-':
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0x2014:
        return DSR_SHAPE_HYPHEN;
    case ':':
    case ';':
        return DSR_SHAPE_COLON;
    case '\'':
    case 0x2019:
        return DSR_SHAPE_CLITIC;
    case '&':
    case '/':
        return DSR_SHAPE_AND;
    default:
        return DSR_SHAPE_SYMBOL;
    }
}

static bool has_capital(unsigned shape)
{
    return shape >= DSR_SHAPE_CAPITAL && shape <= DSR_SHAPE_MIXED;
}

static void fill_word(dsr_name_word *word, dsr_slice text, const dsr_token *token)
{
    dsr_slice form = dsr_slice_part(text, token->span.start, token->span.end);
    *word = (dsr_name_word){.span = token->span, .key = DSR_PHRASE_NOTHING};
    spell(word, form);
    if (token->kind == DSR_TOKEN_WORD || token->kind == DSR_TOKEN_NUMBER) {
        letters n = count_letters(dsr_slice_part(form, 0, DSR_LIMIT_WORD_BYTES));
        unsigned all = n.upper + n.lower + n.digits;
        word->letters = (uint8_t)(all < 255 ? all : 255);
        word->shape = (uint8_t)shape_of_word(form, n);
        word->key = dsr_phrase_key_of(dsr_slice_part(form, 0, DSR_LIMIT_WORD_BYTES));
        return;
    }
    dsr_name_shape shape = token->kind == DSR_TOKEN_ADDRESS ? DSR_SHAPE_ADDRESS : shape_of_mark(form);
    bool quote = token->kind == DSR_TOKEN_QUOTE && shape != DSR_SHAPE_CLITIC;
    word->shape = (uint8_t)(quote ? DSR_SHAPE_QUOTE : shape);
}

/* ---- sentences ---- */

static uint8_t find_mode(const dsr_name_word *words, size_t count)
{
    size_t all = 0;
    size_t capital = 0;
    size_t small = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned shape = words[i].shape;
        bool lower = shape == DSR_SHAPE_LOWER;
        small += lower || shape == DSR_SHAPE_CAPITAL || shape == DSR_SHAPE_MIXED;
        if (words[i].letters > 3 && (lower || has_capital(shape))) {
            all++;
            capital += !lower;
        }
    }
    if (all >= 3 && small == 0) {
        return 2;
    }
    return all >= 3 && capital * 5 >= all * 4 ? 1 : 0;
}

static void mark_first(dsr_name_word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        unsigned shape = words[i].shape;
        words[i].first = true;
        if (shape >= DSR_SHAPE_LOWER && shape <= DSR_SHAPE_DIGITS_LETTERS) {
            return;
        }
    }
}

static void mark_active(dsr_name_word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (has_capital(words[i].shape) ||
            (words[i].shape == DSR_SHAPE_DIGITS_LETTERS && words[i].letters > 0)) {
            size_t from = i > REACH ? i - REACH : 0;
            size_t to = i + REACH < count ? i + REACH : count - 1;
            for (size_t k = from; k <= to; k++) {
                words[k].active = true;
            }
        }
    }
}

/* ---- gazetteers ---- */

static uint32_t lists_of(const dsr_gazetteer *gazetteer, dsr_phrase_key key, bool capital, bool *longer)
{
    uint32_t lists = dsr_gazetteer_find(gazetteer, key, longer);
    return capital ? lists : lists & ~name_lists;
}

/* The longest phrase from word `at` on; how many words it has, with its lists in *lists. */
static size_t longest_phrase(const dsr_gazetteer *gazetteer, dsr_name_word *words, size_t at, size_t count,
                             uint32_t *lists)
{
    dsr_phrase_key key = words[at].key;
    bool capital = has_capital(words[at].shape) || words[at].shape == DSR_SHAPE_DIGITS_LETTERS ||
                   words[at].shape == DSR_SHAPE_DIGITS;
    bool longer;
    size_t found = 0;
    words[at].lists = lists_of(gazetteer, key, capital, &longer);
    for (size_t i = at + 1; longer && i < count && i < at + PHRASE_TOKENS; i++) {
        const dsr_name_word *next = &words[i];
        if (next->letters == 0) {
            if (next->shape == DSR_SHAPE_HYPHEN || next->shape == DSR_SHAPE_CLITIC ||
                next->shape == DSR_SHAPE_STOP || next->shape == DSR_SHAPE_AND) {
                continue;
            }
            break;
        }
        key = dsr_phrase_join(key, next->key);
        uint32_t here = lists_of(gazetteer, key, capital, &longer);
        if (here != 0) {
            found = i - at + 1;
            *lists = here;
        }
    }
    return found;
}

static void look_up(const dsr_gazetteer *gazetteer, dsr_name_word *words, size_t count)
{
    size_t covered = 0; /* words before this one stand in a longer phrase */
    for (size_t i = 0; i < count; i++) {
        if (words[i].letters == 0) {
            continue;
        }
        uint32_t lists = 0;
        size_t length = longest_phrase(gazetteer, words, i, count, &lists);
        if (length < 2 || i + length <= covered) {
            continue;
        }
        for (size_t k = i; k < i + length; k++) {
            words[k].phrase = lists;
            words[k].phrase_place = (uint8_t)(k == i ? 1 : k + 1 == i + length ? 3 : 2);
        }
        covered = i + length;
    }
}

/* ---- runs of capitals ---- */

/* A word that may stand inside a name between capitals. */
static bool is_link(const dsr_name_word *word)
{
    return (word->shape == DSR_SHAPE_LOWER && word->letters <= 3) || word->shape == DSR_SHAPE_AND ||
           word->shape == DSR_SHAPE_HYPHEN || word->shape == DSR_SHAPE_CLITIC;
}

static void find_runs(dsr_name_word *words, size_t offset, size_t count)
{
    for (size_t i = 0; i < count;) {
        words[i].run_first = words[i].run_last = (uint32_t)(offset + i);
        if (!has_capital(words[i].shape)) {
            i++;
            continue;
        }
        size_t last = i;
        size_t at = i + 1;
        size_t links = 0;
        while (at < count && (has_capital(words[at].shape) || (is_link(&words[at]) && links < 2))) {
            bool capital = has_capital(words[at].shape);
            links = capital ? 0 : links + 1;
            last = capital ? at : last;
            at++;
        }
        for (size_t k = i; k <= last; k++) {
            words[k].run_first = (uint32_t)(offset + i);
            words[k].run_last = (uint32_t)(offset + last);
        }
        i = last + 1;
    }
}

/* ---- abbreviations ---- */

static char letter_at(dsr_slice text, size_t at)
{
    char c = text.ptr[at];
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* The first of the words before `open` whose first letters make `form`, read backwards; links between may be
 * left out. `open` where there are none. */
static size_t find_full_form(const dsr_name_text *text, size_t start, size_t open, dsr_slice form)
{
    size_t at = open;
    size_t left = form.len;
    while (left > 0 && at > start) {
        const dsr_name_word *word = &text->words[--at];
        if (word->letters == 0) {
            if (word->shape == DSR_SHAPE_HYPHEN || word->shape == DSR_SHAPE_AND ||
                word->shape == DSR_SHAPE_COMMA || word->shape == DSR_SHAPE_CLITIC) {
                continue;
            }
            return open;
        }
        if (letter_at(text->text, word->span.start) == letter_at(form, left - 1)) {
            left--;
        } else if (word->shape != DSR_SHAPE_LOWER || word->letters > 4) {
            return open;
        }
    }
    return left == 0 && has_capital(text->words[at].shape) ? at : open;
}

/* "National Unity Movement (NUM)". */
static void mark_short_forms(dsr_name_text *text, size_t start, size_t end)
{
    for (size_t i = start; i + 3 < end; i++) {
        dsr_name_word *word = &text->words[i + 2];
        if (text->words[i + 1].shape != DSR_SHAPE_OPEN || word->shape != DSR_SHAPE_CAPITALS ||
            text->words[i + 3].shape != DSR_SHAPE_CLOSE ||
            word->letters != word->span.end - word->span.start) {
            continue;
        }
        dsr_slice form = dsr_slice_part(text->text, word->span.start, word->span.end);
        size_t first = find_full_form(text, start, i + 1, form);
        if (first > i) {
            continue;
        }
        word->short_form = 1;
        for (size_t k = first; k <= i; k++) {
            text->words[k].short_form = (uint8_t)(k == first ? 2 : k == i ? 4 : 3);
        }
    }
}

/* ---- what the rest of the report shows ---- */

/* Ties words of one kind that have capitals into rings. `latest` and `first` hold word + 1, by kind. */
static void chain_others(dsr_name_text *text, uint32_t *latest, uint32_t *first)
{
    for (size_t i = 0; i < text->count; i++) {
        dsr_name_word *word = &text->words[i];
        word->others = (uint32_t)i;
        if (!has_capital(word->shape)) {
            continue;
        }
        if (first[word->memory] == 0) {
            first[word->memory] = (uint32_t)i + 1;
        } else {
            text->words[latest[word->memory] - 1].others = (uint32_t)i;
            word->others = first[word->memory] - 1;
        }
        latest[word->memory] = (uint32_t)i + 1;
    }
}

/* Numbers the different words of the stretch, and notes how each is written. */
static dsr_status index_words(dsr_arena *arena, dsr_name_text *text)
{
    size_t room = 64;
    while (room < text->count * 2) {
        room *= 2;
    }
    uint32_t *table = dsr_arena_alloc_array(arena, room, sizeof *table); /* word + 1 */
    uint8_t *seen = dsr_arena_alloc_array(arena, text->count + 1, sizeof *seen);
    uint32_t *latest = dsr_arena_alloc_array(arena, text->count + 1, sizeof *latest);
    uint32_t *first = dsr_arena_alloc_array(arena, text->count + 1, sizeof *first);
    if (table == NULL || seen == NULL || latest == NULL || first == NULL) {
        return DSR_ERR_MEMORY;
    }
    uint32_t number = 0;
    for (size_t i = 0; i < text->count; i++) {
        dsr_name_word *word = &text->words[i];
        size_t at = (word->lower * UINT64_C(0x9e3779b1)) >> 7 & (room - 1);
        while (table[at] != 0 && text->words[table[at] - 1].lower != word->lower) {
            at = (at + 1) & (room - 1);
        }
        if (table[at] == 0) {
            table[at] = (uint32_t)i + 1;
            word->memory = number++;
        } else {
            word->memory = text->words[table[at] - 1].memory;
        }
        bool capital = has_capital(word->shape) && !word->first;
        seen[word->memory] |= (uint8_t)(word->shape == DSR_SHAPE_LOWER ? SEEN_SMALL
                                        : capital                      ? SEEN_CAPITAL
                                                                       : 0);
    }
    chain_others(text, latest, first);
    for (size_t i = 0; i < text->count; i++) {
        text->words[i].here = seen[text->words[i].memory];
    }
    text->memory_count = number;
    return DSR_OK;
}

/* ---- steps ---- */

static uint8_t step_of(const dsr_name_word *word)
{
    static const uint8_t kinds[DSR_SHAPES] = {
        [DSR_SHAPE_NOTHING] = 11, [DSR_SHAPE_LOWER] = 3,   [DSR_SHAPE_CAPITAL] = 0,
        [DSR_SHAPE_CAPITALS] = 1, [DSR_SHAPE_INITIAL] = 2, [DSR_SHAPE_DOTTED] = 1,
        [DSR_SHAPE_MIXED] = 0,    [DSR_SHAPE_DIGITS] = 11, [DSR_SHAPE_DIGITS_LETTERS] = 11,
        [DSR_SHAPE_COMMA] = 9,    [DSR_SHAPE_STOP] = 10,   [DSR_SHAPE_QUOTE] = 11,
        [DSR_SHAPE_OPEN] = 11,    [DSR_SHAPE_CLOSE] = 11,  [DSR_SHAPE_HYPHEN] = 7,
        [DSR_SHAPE_COLON] = 11,   [DSR_SHAPE_CLITIC] = 8,  [DSR_SHAPE_AND] = 8,
        [DSR_SHAPE_ADDRESS] = 11, [DSR_SHAPE_SYMBOL] = 11,
    };
    bool between = has_capital(word[-1].shape) && has_capital(word[1].shape);
    if (word->shape == DSR_SHAPE_LOWER && word->letters <= 3) {
        return between ? 4 : 5;
    }
    return word->shape == DSR_SHAPE_HYPHEN && between ? 6 : kinds[word->shape];
}

/* ---- all of it ---- */

static dsr_status make_room(dsr_arena *arena, const dsr_name_input *input, dsr_name_text *out)
{
    size_t tokens = 0;
    for (size_t s = 0; s < input->count; s++) {
        tokens += input->sentences[s].count;
    }
    dsr_name_word *words = dsr_arena_alloc_array(arena, tokens + 2 * DSR_NAME_PAD, sizeof *words);
    out->starts = dsr_arena_alloc_array(arena, input->count + 1, sizeof *out->starts);
    out->modes = dsr_arena_alloc_array(arena, input->count + 1, sizeof *out->modes);
    if (words == NULL || out->starts == NULL || out->modes == NULL) {
        return DSR_ERR_MEMORY;
    }
    out->text = input->text;
    out->words = words + DSR_NAME_PAD;
    out->count = tokens;
    out->sentences = input->count;
    return DSR_OK;
}

static void fill_sentence(dsr_name_text *text, const dsr_gazetteer *gazetteer, size_t s,
                          const dsr_name_sentence *sentence)
{
    dsr_name_word *words = text->words + text->starts[s];
    for (size_t i = 0; i < sentence->count; i++) {
        fill_word(&words[i], text->text, &sentence->tokens[i]);
    }
    text->starts[s + 1] = text->starts[s] + (uint32_t)sentence->count;
    text->modes[s] = find_mode(words, sentence->count);
    mark_first(words, sentence->count);
    mark_active(words, sentence->count);
    look_up(gazetteer, words, sentence->count);
    find_runs(words, text->starts[s], sentence->count);
    mark_short_forms(text, text->starts[s], text->starts[s + 1]);
}

dsr_status dsr_name_prepare(dsr_arena *arena, const dsr_number_table *habits, const dsr_gazetteer *gazetteer,
                            const dsr_name_input *input, dsr_name_text *out)
{
    dsr_name_text made = {0};
    if (make_room(arena, input, &made) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (size_t s = 0; s < input->count; s++) {
        fill_sentence(&made, gazetteer, s, &input->sentences[s]);
    }
    if (index_words(arena, &made) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < made.count; i++) {
        dsr_name_word *word = &made.words[i];
        word->step = step_of(word);
        if (word->active) {
            word->habit = (uint8_t)dsr_weights_number(habits, dsr_name_habit_key(word->lower), 0);
        }
    }
    *out = made;
    return DSR_OK;
}
