/* Scores the finished model on raw text, as the CoNLL 2018 shared task does: sentences and tokens are found,
 * not given, and what is right is counted among words that both sides have. */
#include "language/language.h"
#include "lexicon/lexicon.h"
#include "perceptron_parts.h"
#include "syntax.h"

#include <stdlib.h>
#include <string.h>

/* A word on either side: where it stands, what is said of it. `head` counts in the document, from 1; 0: root.
 */
typedef struct placed_word {
    dsr_span span;
    uint32_t head;
    uint8_t upos;
    uint8_t relation;
} placed_word;

typedef DSR_LIST(placed_word) placed_words;

static void add_word(dsr_arena *arena, placed_words *words, placed_word word)
{
    if (DSR_LIST_RESERVE(arena, words, 1) != DSR_OK) {
        exit(1);
    }
    words->items[words->count++] = word;
}

/* The document's text, paragraphs parted by an empty line, and its words. Returns the first sentence behind
 * it. */
static size_t write_document(dsr_arena *arena, const conllu *corpus, size_t s, dsr_buffer *text,
                             placed_words *gold)
{
    uint32_t document = corpus->sentences.items[s].document;
    for (; s < corpus->sentences.count && corpus->sentences.items[s].document == document; s++) {
        const conllu_sentence *from = &corpus->sentences.items[s];
        uint32_t before = (uint32_t)gold->count;
        if (from->paragraph && text->len > 0) {
            dsr_buffer_append(text, DSR_SLICE("\n\n"));
        }
        for (size_t i = 0; i < from->count; i++) {
            const conllu_word *word = &corpus->words.items[from->first + i];
            uint32_t start = (uint32_t)text->len;
            dsr_buffer_append(text, word->form);
            add_word(arena, gold,
                     (placed_word){.span = {start, (uint32_t)text->len},
                                   .head = word->head == 0 ? 0 : before + word->head,
                                   .upos = word->upos,
                                   .relation = word->relation});
            if (word->space) {
                dsr_buffer_append_char(text, ' ');
            }
        }
    }
    return s;
}

static void analyse_sentence(const dsr_syntax_model *model, dsr_arena *arena, dsr_slice text,
                             dsr_tokens tokens, placed_words *found)
{
    dsr_syntax syntax;
    uint32_t before = (uint32_t)found->count;
    if (dsr_syntax_analyse(model, arena, text, tokens.items, tokens.count, &syntax) != DSR_OK) {
        exit(1);
    }
    for (size_t i = 0; i < syntax.count; i++) {
        const dsr_syntax_token *token = &syntax.tokens[i];
        add_word(arena, found,
                 (placed_word){.span = tokens.items[i].span,
                               .head = token->head == DSR_SYNTAX_NONE ? 0 : before + token->head + 1,
                               .upos = token->upos,
                               .relation = token->relation});
    }
}

static void analyse_text(const dsr_syntax_model *model, const dsr_lexicon *lexicon, dsr_arena *arena,
                         dsr_slice text, placed_words *found)
{
    dsr_report report = {.text = text};
    if (dsr_language_find_sentences(arena, lexicon, &report) != DSR_OK) {
        exit(1);
    }
    for (size_t i = 0; i < report.sentences.count; i++) {
        dsr_tokens tokens = {0};
        if (dsr_language_tokenize(arena, lexicon, DSR_SLICE("en"), text, report.sentences.items[i],
                                  &tokens) != DSR_OK) {
            exit(1);
        }
        analyse_sentence(model, arena, text, tokens, found);
    }
}

/* What is right, and on how many words. */
typedef struct raw_sums {
    size_t gold, found, both, upos, heads, labels;
} raw_sums;

static bool same_head(const placed_words *gold, const placed_word *g, const placed_words *found,
                      const placed_word *f)
{
    if (g->head == 0 || f->head == 0) {
        return g->head == f->head;
    }
    dsr_span a = gold->items[g->head - 1].span;
    dsr_span b = found->items[f->head - 1].span;
    return a.start == b.start && a.end == b.end;
}

static void compare(const placed_words *gold, const placed_words *found, raw_sums *sums)
{
    size_t f = 0;
    sums->gold += gold->count;
    sums->found += found->count;
    for (size_t g = 0; g < gold->count; g++) {
        const placed_word *a = &gold->items[g];
        while (f < found->count && found->items[f].span.start < a->span.start) {
            f++;
        }
        const placed_word *b = f < found->count ? &found->items[f] : NULL;
        if (b == NULL || b->span.start != a->span.start || b->span.end != a->span.end) {
            continue;
        }
        bool head = same_head(gold, a, found, b);
        sums->both++;
        sums->upos += a->upos == b->upos;
        sums->heads += head;
        sums->labels += head && dsr_relation_universal((dsr_relation)a->relation) ==
                                    dsr_relation_universal((dsr_relation)b->relation);
    }
}

static double f1(size_t right, const raw_sums *sums)
{
    return sums->gold + sums->found > 0 ? 200 * (double)right / (double)(sums->gold + sums->found) : 0;
}

void score_raw(const dsr_syntax_model *model, const char *data, const conllu *corpus, const bool *use,
               const char *name)
{
    raw_sums sums = {0};
    dsr_lexicon *lexicon = NULL;
    dsr_error error = {.message = ""};
    if (dsr_lexicon_open(data, NULL, &lexicon, &error) != DSR_OK) {
        fprintf(stderr, "%s: %s\n", error.subject, error.message);
        return;
    }
    for (size_t s = 0; s < corpus->sentences.count;) {
        dsr_arena *arena = dsr_arena_new(0);
        dsr_buffer text;
        placed_words gold = {0};
        placed_words found = {0};
        size_t first = s;
        dsr_buffer_open(&text, 0);
        s = write_document(arena, corpus, s, &text, &gold);
        if (use == NULL || use[first]) {
            analyse_text(model, lexicon, arena, dsr_buffer_slice(&text), &found);
            compare(&gold, &found, &sums);
        }
        dsr_buffer_drop(&text);
        dsr_arena_drop(arena);
    }
    printf("%-16s raw text, F1: tokens %.2f  UPOS %.2f  UAS %.2f  LAS %.2f   (%zu %zu %zu %zu %zu %zu)\n",
           name, f1(sums.both, &sums), f1(sums.upos, &sums), f1(sums.heads, &sums), f1(sums.labels, &sums),
           sums.gold, sums.found, sums.both, sums.upos, sums.heads, sums.labels);
    dsr_lexicon_close(lexicon);
}
