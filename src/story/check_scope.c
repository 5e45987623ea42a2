/* What a text says not to be so: the words behind "not", "no", "denied", up to the end of their clause. Must
 * not know what is made of it. */
#include "story/check_parts.h"

enum { BEHIND_NOT = 4, BEHIND_DENIAL = 12 /* words that tell something, behind the one that says no */ };

static bool is_listed(const dsr_checker *c, const char *prefix, dsr_slice word)
{
    char room[DSR_STEM_WORD_BYTES + 8];
    size_t used = 0;
    for (; prefix[used] != '\0'; used++) {
        room[used] = prefix[used];
    }
    size_t length = dsr_stem_fold(word, room + used);
    return length > 0 && dsr_lexicon_has(c->told.lexicon, c->told.language, DSR_WORDS_DENIAL,
                                         (dsr_slice){room, used + length});
}

static bool is_short_not(dsr_slice word)
{
    return word.len > 2 && (word.ptr[word.len - 1] | 0x20) == 't' &&
           (word.ptr[word.len - 2] == '\'' || (unsigned char)word.ptr[word.len - 2] == 0x99);
}

/* A clause ends between two words: a comma, a semicolon, a colon, a stop. */
static bool ends_between(dsr_slice text, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        char c = text.ptr[i];
        if (c == ';' || c == ':' || c == '.' || c == ',' || c == '(') {
            return true;
        }
    }
    return false;
}

static bool is_only(dsr_slice word)
{
    return dsr_slice_equal_nocase(word, DSR_SLICE("only")) ||
           dsr_slice_equal_nocase(word, DSR_SLICE("just")) ||
           dsr_slice_equal_nocase(word, DSR_SLICE("merely"));
}

/* What is told behind it is told by itself. */
static bool is_joint(dsr_slice word)
{
    return dsr_slice_equal_nocase(word, DSR_SLICE("and")) || dsr_slice_equal_nocase(word, DSR_SLICE("but"));
}

/* Where the walk stands behind a word that says no. */
typedef struct scope_walk {
    unsigned left; /* words that may follow */
    bool denied, first;
    dsr_span word;
} scope_walk;

static void open_scope(const dsr_checker *c, dsr_slice word, dsr_span at, scope_walk *walk)
{
    bool denied = is_listed(c, "", word);
    bool no = !denied && (is_short_not(word) || is_listed(c, "not ", word));
    if (denied || no) {
        *walk = (scope_walk){denied ? BEHIND_DENIAL : BEHIND_NOT, denied, true, at};
    }
}

void dsr_check_find_scope(dsr_checker *c, const dsr_report *report, dsr_span span, dsr_check_scope *out)
{
    dsr_slice rest = dsr_slice_part(report->text, span.start, span.end), word;
    scope_walk walk = {0, false, false, {0, 0}};
    uint32_t behind = span.start;
    out->count = 0;
    while (dsr_stem_next_word(&rest, &word)) {
        uint32_t at = (uint32_t)(word.ptr - report->text.ptr), end = at + (uint32_t)word.len;
        bool ends = ends_between(report->text, behind, at) || (walk.first && is_only(word)) || is_joint(word);
        walk.left = ends ? 0 : walk.left;
        walk.first = false;
        uint64_t key = walk.left > 0 ? dsr_told_key(&c->told, word) : 0;
        key = key == 0 && walk.left > 0 ? dsr_told_cue_key(&c->told, word) : key;
        if (key != 0 && out->count < DSR_SCOPE_KEYS) {
            out->keys[out->count] = key;
            out->word[out->count] = walk.word;
            out->denied[out->count++] = walk.denied;
            walk.left--;
        }
        open_scope(c, word, (dsr_span){at, end}, &walk);
        behind = end;
    }
}
