/* Clause or fragment: what stands between two quotation marks. Knows nothing of marks. */
#include "language/quote_kind.h"

#include "language/chars.h"
#include "language/stops.h"

enum { CLAUSE_WORDS = 40 }; /* words in which a finite verb is looked for */

/* Finite verbs of the closed classes. */
static const char *const auxiliaries[] = {
    "am", "are", "can",   "cannot", "could", "did",   "do",     "does", "had",  "has",  "have",
    "is", "may", "might", "must",   "ought", "shall", "should", "was",  "were", "will", "would"};
/* A clause follows these; written before 's, 're, 've, 'll they are one themselves. */
static const char *const subjects[] = {"he",    "here", "how",  "i",  "it",   "nobody", "she", "that",
                                       "there", "they", "this", "we", "what", "who",    "you"};
static const char *const pronouns[] = {"he", "i", "it", "nobody", "she", "there", "they", "we", "you"};
/* A verb behind these belongs to a clause inside the fragment. */
static const char *const subordinators[] = {"because", "how",   "if",    "that", "when",  "where",
                                            "whether", "which", "while", "who",  "whose", "why"};

typedef struct clause_word {
    dsr_slice text;  /* letters and digits */
    bool contracted; /* an apostrophe and letters follow: "it's" */
    bool negated;    /* "n't" */
    size_t next;     /* where the next word may begin */
} clause_word;

static bool next_word(dsr_slice content, size_t at, clause_word *out)
{
    while (at < content.len) {
        dsr_char c = dsr_char_at(content, at);
        if (c.kind == DSR_CHAR_LETTER || c.kind == DSR_CHAR_DIGIT) {
            break;
        }
        at += c.length;
    }
    if (at >= content.len) {
        return false;
    }
    size_t end = dsr_skip_word(content, at, content.len);
    out->text = dsr_slice_part(content, at, end);
    out->contracted = out->negated = false;
    out->next = end;
    dsr_char c = dsr_char_at(content, end);
    if (end < content.len && dsr_char_is_apostrophe(c.code_point)) {
        size_t clitic = end + c.length;
        size_t stop = dsr_skip_word(content, clitic, content.len);
        out->contracted = stop > clitic;
        out->negated = dsr_slice_equal_nocase(dsr_slice_part(content, clitic, stop), DSR_SLICE("t"));
        out->next = stop;
    }
    return true;
}

size_t dsr_count_words(dsr_slice content, size_t most)
{
    clause_word word;
    size_t count = 0;
    for (size_t at = 0; count < most && next_word(content, at, &word); at = word.next) {
        count++;
    }
    return count;
}

static bool has_finite_verb(dsr_slice content)
{
    clause_word word;
    size_t at = 0;
    for (size_t i = 0; i < CLAUSE_WORDS && next_word(content, at, &word); i++, at = word.next) {
        dsr_folded room;
        dsr_slice folded = dsr_fold_short(word.text, &room);
        if (folded.len == 0) {
            continue;
        }
        if (word.negated || (word.contracted && DSR_WORD_IN(subjects, folded)) ||
            (DSR_WORD_IN(pronouns, folded) && next_word(content, word.next, &(clause_word){0}))) {
            return true;
        }
        bool auxiliary = DSR_WORD_IN(auxiliaries, folded);
        if (auxiliary) {
            return i > 0; /* a fragment begins with its verb: "will not make decisions" */
        }
        if (i > 0 && DSR_WORD_IN(subordinators, folded)) {
            return false;
        }
    }
    return false;
}

/* The last character that is no mark and no white space. */
static uint32_t last_character(dsr_slice content)
{
    size_t end = content.len;
    for (int i = 0; i < 8 && end > 0; i++) {
        dsr_char c = dsr_char_before(content, end);
        if (c.kind != DSR_CHAR_SPACE && c.kind != DSR_CHAR_SINGLE && c.kind != DSR_CHAR_DOUBLE) {
            return c.code_point;
        }
        end -= c.length;
    }
    return 0;
}

/* "what is important is the result. There is nothing to say": a sentence ends inside. */
static bool has_sentence_end(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice content)
{
    size_t at = 0;
    for (int i = 0; i < 8; i++) {
        at = dsr_slice_find(content, DSR_SLICE(". "), at);
        if (at >= content.len) {
            return false;
        }
        size_t next = dsr_skip_space(content, at + 1, content.len);
        bool upper = next < content.len && dsr_char_is_upper(dsr_char_at(content, next).code_point);
        dsr_slice word = dsr_word_before_stop(content, 0, at);
        if (upper && word.len > 1 && dsr_stop_classify(lexicon, language, word) == DSR_STOP_PLAIN) {
            return true;
        }
        at++;
    }
    return false;
}

bool dsr_is_clause(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice content)
{
    size_t words = dsr_count_words(content, 5);
    size_t start = dsr_skip_space(content, 0, content.len);
    dsr_char first = dsr_char_at(content, start);
    bool begins = first.kind == DSR_CHAR_DIGIT || !dsr_char_is_lower(first.code_point);
    uint32_t last = last_character(content);
    bool stops = last == '.' || last == '!' || last == '?' || last == 0x2026;
    if (begins && (words >= 4 || (words > 0 && stops)) && (stops || last == ',')) {
        return true;
    }
    if (words < 2) {
        return false;
    }
    return has_finite_verb(content) || has_sentence_end(lexicon, language, content);
}
