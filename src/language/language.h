/* Which language, which sentences, which tokens, which quotation marks belong together. Looks at one report
 * only. */
#ifndef DSR_LANGUAGE_LANGUAGE_H
#define DSR_LANGUAGE_LANGUAGE_H

#include "lexicon/lexicon.h"

/* ISO 639-1 code by script and function words; "und" where it cannot be told. Looks at the first 8 KB. Static
 * or lexicon-owned. */
dsr_slice dsr_language_identify(const dsr_lexicon *lexicon, dsr_slice text);

typedef enum dsr_token_kind {
    DSR_TOKEN_WORD,   /* letters, with inner hyphens and apostrophes as UD English splits them: "do" + "n't",
                         "Russia" + "'s" */
    DSR_TOKEN_NUMBER, /* "13,000", "1.5", "8th", "20:17" */
    DSR_TOKEN_PUNCTUATION,
    DSR_TOKEN_QUOTE,  /* a quotation mark */
    DSR_TOKEN_SYMBOL, /* "$", "%", "+" */
    DSR_TOKEN_ADDRESS /* URL, e-mail, @handle, #tag */
} dsr_token_kind;

typedef struct dsr_token {
    dsr_span span;
    dsr_token_kind kind;
    bool space_before;
    bool joined; /* one written word with the token before it: "n't" in "don't", "'s" in "Ann's" */
} dsr_token;
typedef DSR_LIST(dsr_token) dsr_tokens;

/* The tokens of text[span]. Everything but white space stands in exactly one token, in order. */
dsr_status dsr_language_tokenize(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_slice language,
                                 dsr_slice text, dsr_span span, dsr_tokens *out) DSR_MUST_CHECK;
/* Fills report->sentences: no sentence crosses a line end that ends a paragraph or reaches into furniture
 * that is not read (all but headline, standfirst and subhead, which are sentences of their own); ordered,
 * disjoint; without white space at their ends; all letters outside unread furniture are covered. */
dsr_status dsr_language_find_sentences(dsr_arena *arena, const dsr_lexicon *lexicon,
                                       dsr_report *report) DSR_MUST_CHECK;
/* Fills report->quotes by pairing quotation marks: straight and typographic, double and single, guillemets,
 * low-high; wrong-way marks ("”We see no reason”"), quotations over several paragraphs (each opens again, the
 * last closes: parts of one `quotation`), nested ones (only the outer is listed), apostrophes and inch marks
 * that are no quotation marks, a mark that never closes (ends at its paragraph's end, and only where it
 * opened clearly). Kind: direct where a complete clause stands in it, scare where it is one to three words
 * inside a sentence of the body that has no verb of speech, else partial. Furniture that is not read is left
 * out. Linear time. */
dsr_status dsr_language_find_quotes(dsr_arena *arena, const dsr_lexicon *lexicon,
                                    dsr_report *report) DSR_MUST_CHECK;

#endif
