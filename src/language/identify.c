/* Which language a text is in: by its script, where a script has one language or tells languages apart by letters, else by
 * function words and tell-tale letters. Knows nothing of sentences. */
#include "base/utf8.h"
#include "language/chars.h"
#include "language/language.h"
#include "language/stops.h"

enum {
    LOOKED_AT = 8 * 1024,    /* bytes from the beginning */
    LEAST_LETTERS = 20,      /* fewer tell nothing; for scripts of one language a quarter of that will do */
    LEAST_WORDS = 6,
    MOST_WORDS = 1024,
    MOST_LANGUAGES = 128,
    LEADERS = 3,
    SAMPLE_WORDS = 48, /* looked up in every language */
    ALL_WORDS = 400,   /* looked up in the leading ones */
    CERTAIN_WORDS = 160,
    CERTAIN = 400      /* in a thousand: no text in another language has so many English function words */
};

/* ---- scripts ---- */

typedef enum script {
    LATIN,
    GREEK,
    CYRILLIC,
    ARMENIAN,
    HEBREW,
    ARABIC,
    DEVANAGARI,
    BENGALI,
    GURMUKHI,
    GUJARATI,
    TAMIL,
    TELUGU,
    KANNADA,
    MALAYALAM,
    SINHALA,
    THAI,
    LAO,
    BURMESE,
    GEORGIAN,
    ETHIOPIC,
    KHMER,
    HANGUL,
    KANA,
    HAN,
    SCRIPTS
} script;

static const struct {
    uint32_t first, last;
    uint8_t script;
} ranges[] = {
    {0x41, 0x24f, LATIN},         {0x370, 0x3ff, GREEK},      {0x400, 0x52f, CYRILLIC},   {0x531, 0x58f, ARMENIAN},
    {0x591, 0x5f4, HEBREW},       {0x600, 0x6ff, ARABIC},     {0x750, 0x77f, ARABIC},     {0x900, 0x97f, DEVANAGARI},
    {0x980, 0x9ff, BENGALI},      {0xa00, 0xa7f, GURMUKHI},   {0xa80, 0xaff, GUJARATI},   {0xb80, 0xbff, TAMIL},
    {0xc00, 0xc7f, TELUGU},       {0xc80, 0xcff, KANNADA},    {0xd00, 0xd7f, MALAYALAM},  {0xd80, 0xdff, SINHALA},
    {0xe00, 0xe7f, THAI},         {0xe80, 0xeff, LAO},        {0x1000, 0x109f, BURMESE},  {0x10a0, 0x10ff, GEORGIAN},
    {0x1100, 0x11ff, HANGUL},     {0x1200, 0x139f, ETHIOPIC}, {0x1780, 0x17ff, KHMER},    {0x1e00, 0x1eff, LATIN},
    {0x1f00, 0x1fff, GREEK},      {0x3040, 0x30ff, KANA},     {0x3400, 0x4dbf, HAN},      {0x4e00, 0x9fff, HAN},
    {0xac00, 0xd7a3, HANGUL},     {0xf900, 0xfaff, HAN},      {0xfb50, 0xfdff, ARABIC},   {0xfe70, 0xfefc, ARABIC},
    {0x20000, 0x2fa1f, HAN},
};

/* The language of a script that one language writes, or that most of its texts are in; NULL where letters must tell. */
static const char *const only_language[SCRIPTS] = {
    [GREEK] = "el",   [ARMENIAN] = "hy", [HEBREW] = "he",  [BENGALI] = "bn",  [GURMUKHI] = "pa",
    [GUJARATI] = "gu", [TAMIL] = "ta",   [TELUGU] = "te",  [KANNADA] = "kn",  [MALAYALAM] = "ml",
    [SINHALA] = "si", [THAI] = "th",     [LAO] = "lo",     [BURMESE] = "my",  [GEORGIAN] = "ka",
    [ETHIOPIC] = "am", [KHMER] = "km",   [HANGUL] = "ko",  [KANA] = "ja",     [HAN] = "zh",
};

static int script_of(uint32_t cp)
{
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cp > ranges[middle].last) {
            low = middle + 1;
        } else if (cp < ranges[middle].first) {
            high = middle;
        } else {
            return ranges[middle].script;
        }
    }
    return SCRIPTS;
}

/* ---- tell-tale letters ---- */

/* Letters of one script's languages. A text has a language's letters where they make up `permille` of its letters or more;
 * the first language in the table whose letters are there is the text's. */
typedef struct tell_tale {
    uint8_t script;
    uint8_t permille;
    const char *language;
    uint32_t letters[10];
} tell_tale;

static const tell_tale tell_tales[] = {
    {CYRILLIC, 5, "kk", {0x4d9, 0x49b, 0x4a3, 0x493, 0x4b1, 0x4bb}},
    {CYRILLIC, 5, "be", {0x45e}},
    {CYRILLIC, 5, "mk", {0x453, 0x455, 0x45c}},
    {CYRILLIC, 5, "sr", {0x452, 0x458, 0x459, 0x45a, 0x45b, 0x45f}},
    {CYRILLIC, 10, "uk", {0x456, 0x457, 0x454, 0x491}},
    {CYRILLIC, 5, "ru", {0x44b, 0x44d, 0x451}},
    {CYRILLIC, 5, "bg", {0x44a}},
    {ARABIC, 5, "ur", {0x679, 0x688, 0x691, 0x6ba, 0x6d2, 0x6be}},
    {ARABIC, 5, "fa", {0x67e, 0x686, 0x698, 0x6af, 0x6cc}},
    {ARABIC, 0, "ar", {0}},
    {DEVANAGARI, 2, "mr", {0x933}},
    {DEVANAGARI, 0, "hi", {0}},
    {LATIN, 10, "vi", {0x1b0, 0x1a1, 0x1ea1, 0x1ebf, 0x1ec7, 0x1ed9, 0x1edb, 0x1ea5, 0x1ec1, 0x1ee3}},
    {LATIN, 10, "pl", {0x142, 0x105, 0x119, 0x17c, 0x15b, 0x17a}},
    {LATIN, 8, "cs", {0x159, 0x11b, 0x16f}},
    {LATIN, 8, "hu", {0x151, 0x171}},
    {LATIN, 8, "ro", {0x103, 0x21b, 0x219, 0x163}},
    {LATIN, 8, "tr", {0x131, 0x11f, 0x15f}},
    {LATIN, 8, "lv", {0x101, 0x113, 0x12b, 0x137, 0x13c, 0x146}},
    {LATIN, 8, "lt", {0x117, 0x12f, 0x173, 0x16b}},
    {LATIN, 8, "is", {0xf0, 0xfe}},
};

typedef struct counts {
    uint32_t letters;
    uint32_t script[SCRIPTS];
    uint32_t tale[sizeof tell_tales / sizeof *tell_tales];
} counts;

static void count_letter(counts *n, uint32_t cp)
{
    int s = script_of(cp);
    if (s == SCRIPTS) {
        return;
    }
    n->letters++;
    n->script[s]++;
    if (cp < 128) {
        return;
    }
    uint32_t lower = dsr_lower(cp);
    for (size_t i = 0; i < sizeof tell_tales / sizeof *tell_tales; i++) {
        const tell_tale *tale = &tell_tales[i];
        for (size_t k = 0; tale->script == s && k < 10 && tale->letters[k]; k++) {
            n->tale[i] += tale->letters[k] == lower;
        }
    }
}

static void count_letters(dsr_slice text, counts *n)
{
    for (size_t at = 0; at < text.len;) {
        dsr_char c = dsr_char_at(text, at);
        if (c.kind == DSR_CHAR_LETTER && c.code_point != '_') {
            count_letter(n, c.code_point);
        }
        at += c.length;
    }
}

/* The first language of the script whose letters are there; no value where none is. */
static dsr_slice by_tell_tales(const counts *n, uint8_t of)
{
    for (size_t i = 0; i < sizeof tell_tales / sizeof *tell_tales; i++) {
        const tell_tale *tale = &tell_tales[i];
        if (tale->script == of && n->tale[i] * 1000 >= (uint32_t)tale->permille * n->script[of] &&
            (n->tale[i] > 0 || tale->permille == 0)) {
            return dsr_slice_of(tale->language);
        }
    }
    return DSR_SLICE_NONE;
}

/* ---- function words ---- */

typedef struct words {
    uint16_t start[MOST_WORDS];
    uint8_t length[MOST_WORDS];
    size_t count;
} words;

static void find_words(dsr_slice text, words *w)
{
    w->count = 0;
    for (size_t at = 0; at < text.len && w->count < MOST_WORDS;) {
        dsr_char c = dsr_char_at(text, at);
        if (c.kind != DSR_CHAR_LETTER) {
            at += c.length;
            continue;
        }
        size_t end = dsr_skip_word(text, at, text.len);
        w->start[w->count] = (uint16_t)at;
        w->length[w->count++] = (uint8_t)(end - at > UINT8_MAX ? UINT8_MAX : end - at);
        at = end;
    }
}

static bool is_stop_word(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice text, const words *w, size_t i)
{
    dsr_folded room;
    dsr_slice folded = dsr_fold_short(dsr_slice_part(text, w->start[i], (size_t)w->start[i] + w->length[i]), &room);
    return folded.len > 0 && dsr_lexicon_has(lexicon, language, DSR_WORDS_STOP, folded);
}

/* How many in a thousand words are function words of the language; about `sample` of them are looked up, spread evenly. */
static uint32_t share_of(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice text, const words *w, size_t sample)
{
    size_t step = w->count > sample ? w->count / sample : 1;
    uint32_t found = 0, all = 0;
    for (size_t i = 0; i < w->count; i += step) {
        found += is_stop_word(lexicon, language, text, w, i);
        all++;
    }
    return all > 0 ? found * 1000 / all : 0;
}

/* Whether the words that only `one` has outnumber those that only `other` has by a quarter, and these are few. Languages that
 * are close share most of their function words; in a text of two languages each has many of its own. */
static bool outnumbers(const dsr_lexicon *lexicon, dsr_slice one, dsr_slice other, dsr_slice text, const words *w)
{
    size_t step = w->count > ALL_WORDS ? w->count / ALL_WORDS : 1;
    size_t only_one = 0, only_other = 0, all = 0;
    for (size_t i = 0; i < w->count; i += step) {
        bool in_one = is_stop_word(lexicon, one, text, w, i), in_other = is_stop_word(lexicon, other, text, w, i);
        only_one += in_one && !in_other;
        only_other += in_other && !in_one;
        all++;
    }
    return only_one * 4 >= only_other * 5 && only_other * 7 < all;
}

/* The three languages with the largest shares in a small sample, largest first. Returns how many there are. */
static size_t find_leaders(const dsr_lexicon *lexicon, dsr_slice text, const words *w, dsr_slice leaders[LEADERS])
{
    uint32_t share[LEADERS] = {0};
    size_t count = 0;
    for (size_t i = 0; i < MOST_LANGUAGES; i++) {
        dsr_slice language = dsr_lexicon_language(lexicon, i);
        if (!language.ptr) {
            break;
        }
        uint32_t this_share = share_of(lexicon, language, text, w, SAMPLE_WORDS);
        size_t at = count < LEADERS ? count++ : LEADERS;
        for (; at > 0 && this_share > share[at - 1]; at--) {
            if (at < LEADERS) {
                share[at] = share[at - 1];
                leaders[at] = leaders[at - 1];
            }
        }
        if (at < LEADERS) {
            share[at] = this_share;
            leaders[at] = language;
        }
    }
    return count;
}

/* The language with most function words: where one word in six is one, and no other language comes close. */
static dsr_slice by_function_words(const dsr_lexicon *lexicon, dsr_slice text)
{
    words w;
    find_words(text, &w);
    if (!lexicon || w.count < LEAST_WORDS) {
        return DSR_SLICE_NONE;
    }
    if (share_of(lexicon, DSR_SLICE("en"), text, &w, CERTAIN_WORDS) >= CERTAIN) {
        return DSR_SLICE("en");
    }
    dsr_slice leaders[LEADERS];
    size_t count = find_leaders(lexicon, text, &w, leaders), best = 0;
    uint32_t most = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t share = share_of(lexicon, leaders[i], text, &w, ALL_WORDS);
        best = share > most ? i : best;
        most = share > most ? share : most;
    }
    bool clear = most * 6 >= 1000;
    for (size_t i = 0; i < count && clear; i++) {
        clear = i == best || outnumbers(lexicon, leaders[best], leaders[i], text, &w);
    }
    return clear ? leaders[best] : DSR_SLICE_NONE;
}

static dsr_slice identify_latin(const dsr_lexicon *lexicon, dsr_slice text, const counts *n)
{
    dsr_slice by_words = by_function_words(lexicon, text);
    return by_words.ptr ? by_words : by_tell_tales(n, LATIN);
}

dsr_slice dsr_language_identify(const dsr_lexicon *lexicon, dsr_slice text)
{
    dsr_slice und = DSR_SLICE("und");
    counts n = {0};
    text = dsr_slice_part(text, 0, dsr_utf8_floor(text, text.len < LOOKED_AT ? text.len : LOOKED_AT));
    count_letters(text, &n);
    /* Japanese is written in kana and Han together, Korean sometimes so. */
    if (n.script[KANA] * 10 >= n.script[HAN] && n.script[KANA] > 0) {
        n.script[KANA] += n.script[HAN];
        n.script[HAN] = 0;
    }
    size_t most = 0;
    for (size_t i = 1; i < SCRIPTS; i++) {
        most = n.script[i] > n.script[most] ? i : most;
    }
    uint32_t least = only_language[most] ? LEAST_LETTERS / 4 : LEAST_LETTERS;
    if (n.letters < least || n.script[most] * 3 < n.letters * 2) {
        return und;
    }
    dsr_slice found;
    if (only_language[most]) {
        found = dsr_slice_of(only_language[most]);
    } else if (most == LATIN) {
        found = identify_latin(lexicon, text, &n);
    } else {
        found = by_tell_tales(&n, (uint8_t)most);
    }
    return found.ptr ? found : und;
}
