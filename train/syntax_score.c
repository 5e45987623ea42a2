/* Scores the finished model, as it runs in the product, on sentences whose analysis is known. */
#include "perceptron_parts.h"
#include "syntax.h"

#include <stdlib.h>
#include <time.h>

typedef struct sums {
    size_t words, upos, xpos, lemmas, heads, labels, full;
    double seconds;
} sums;

/* Forms of a sentence one after the other, with the white space between them. */
static dsr_slice write_text(dsr_arena *arena, const conllu_word *words, size_t count, dsr_token *tokens)
{
    dsr_buffer text;
    dsr_slice out;
    dsr_buffer_open(&text, 0);
    for (size_t i = 0; i < count; i++) {
        uint32_t start = (uint32_t)text.len;
        dsr_buffer_append(&text, words[i].form);
        tokens[i] = (dsr_token){.span = {start, (uint32_t)text.len}};
        if (words[i].space) {
            dsr_buffer_append_char(&text, ' ');
        }
    }
    if (dsr_arena_copy(arena, dsr_buffer_slice(&text), &out) != DSR_OK) {
        exit(1);
    }
    dsr_buffer_drop(&text);
    return out;
}

static void compare(const dsr_syntax *got, const conllu_word *gold, sums *s)
{
    for (size_t i = 0; i < got->count; i++) {
        const dsr_syntax_token *t = &got->tokens[i];
        unsigned head = t->head == DSR_SYNTAX_NONE ? 0 : t->head + 1;
        bool same_head = head == gold[i].head;
        bool same = t->relation == gold[i].relation;
        bool same_universal = dsr_relation_universal((dsr_relation)t->relation) ==
                              dsr_relation_universal((dsr_relation)gold[i].relation);
        s->words++;
        s->upos += t->upos == gold[i].upos;
        s->xpos += t->xpos == gold[i].xpos;
        s->lemmas += dsr_slice_equal(t->lemma, gold[i].lemma);
        s->heads += same_head;
        s->labels += same_head && same_universal;
        s->full += same_head && same;
    }
}

void score_sentences(const dsr_syntax_model *model, const conllu *corpus, const bool *use, const char *name)
{
    sums s = {0};
    dsr_arena *arena = dsr_arena_new(0);
    dsr_arena *work = dsr_arena_new(0);
    for (size_t i = 0; i < corpus->sentences.count; i++) {
        const conllu_sentence *from = &corpus->sentences.items[i];
        if (use != NULL && !use[i]) {
            continue;
        }
        const conllu_word *gold = corpus->words.items + from->first;
        dsr_token *tokens = must_alloc(from->count, sizeof *tokens);
        dsr_slice text = write_text(arena, gold, from->count, tokens);
        dsr_syntax got;
        clock_t begin = clock();
        dsr_arena_reset(work);
        if (dsr_syntax_analyse(model, work, text, tokens, from->count, &got) != DSR_OK) {
            exit(1);
        }
        s.seconds += (double)(clock() - begin) / CLOCKS_PER_SEC;
        compare(&got, gold, &s);
        free(tokens);
    }
    double all = s.words > 0 ? (double)s.words / 100 : 1;
    printf("%-16s %6zu words  UPOS %.2f  XPOS %.2f  lemma %.2f  UAS %.2f  LAS %.2f  with subtypes %.2f  %.0f "
           "tokens/s\n",
           name, s.words, (double)s.upos / all, (double)s.xpos / all, (double)s.lemmas / all,
           (double)s.heads / all, (double)s.labels / all, (double)s.full / all,
           s.seconds > 0 ? (double)s.words / s.seconds : 0);
    dsr_arena_drop(work);
    dsr_arena_drop(arena);
}
