/* The features by which speakers are ranked: closed classes of place, distance, syntax and marks, never
 * words. Only src/annotate/said*.c include it. */
#ifndef DSR_ANNOTATE_SAID_FEATURES_H
#define DSR_ANNOTATE_SAID_FEATURES_H

/* Before and behind the quotation in its sentence; in another sentence of the paragraph; in the one above. */
#define DSR_SAID_WHERES(X, link)                                                                             \
    X(link##_before) X(link##_behind) X(link##_earlier) X(link##_later) X(link##_above)
#define DSR_SAID_SIDES(X, what) X(what##_before) X(what##_behind)

#define DSR_SAID_FEATURE_LIST(X)                                                                             \
    /* nobody says it */                                                                                     \
    X(none)                                                                                                  \
    X(none_word)                                                                                             \
    X(none_two_words)                                                                                        \
    X(none_three_words)                                                                                      \
    X(none_five_words)                                                                                       \
    X(none_nine_words)                                                                                       \
    X(none_long)                                                                                             \
    X(none_clause)                                                                                           \
    X(none_scare)                                                                                            \
    X(none_clause_comma)                                                                                     \
    X(none_title)                                                                                            \
    X(none_bare_end)                                                                                         \
    X(none_comma_end)                                                                                        \
    X(none_stop_end)                                                                                         \
    X(none_small_start)                                                                                      \
    X(none_behind_modifier)                                                                                  \
    X(none_before_noun)                                                                                      \
    X(none_no_cue)                                                                                           \
    X(none_partner)                                                                                          \
    X(none_heading)                                                                                          \
    X(none_whole_paragraph)                                                                                  \
    X(none_attributed)                                                                                       \
    /* how the mention hangs on a cue, by its place */                                                       \
    DSR_SAID_WHERES(X, subject)                                                                              \
    DSR_SAID_WHERES(X, chain)                                                                                \
    DSR_SAID_WHERES(X, beside)                                                                               \
    DSR_SAID_WHERES(X, according)                                                                            \
    DSR_SAID_WHERES(X, noun)                                                                                 \
    X(dash_below)                                                                                            \
    DSR_SAID_WHERES(X, verb)                                                                                 \
    DSR_SAID_WHERES(X, loose)                                                                                \
    /* tokens between quotation and cue, quoted ones left out */                                             \
    DSR_SAID_SIDES(X, next)                                                                                  \
    DSR_SAID_SIDES(X, near)                                                                                  \
    DSR_SAID_SIDES(X, off)                                                                                   \
    DSR_SAID_SIDES(X, far)                                                                                   \
    DSR_SAID_SIDES(X, very_far)                                                                              \
    /* the same of the mention where it hangs on no cue */                                                   \
    X(mention_next)                                                                                          \
    X(mention_near)                                                                                          \
    X(mention_far)                                                                                           \
    X(verb_tree)                                                                                             \
    X(verb_comma)                                                                                            \
    X(tree)                                                                                                  \
    X(other_between)                                                                                         \
    X(partner_between)                                                                                       \
    X(person)                                                                                                \
    X(body)                                                                                                  \
    X(he)                                                                                                    \
    X(they)                                                                                                  \
    X(who)                                                                                                   \
    X(i)                                                                                                     \
    X(role)                                                                                                  \
    X(thing)                                                                                                 \
    X(object)                                                                                                \
    X(oblique)                                                                                               \
    X(modifier)                                                                                              \
    X(apposition)                                                                                            \
    X(governor)                                                                                              \
    X(previous_partner)                                                                                      \
    X(previous_in_paragraph)                                                                                 \
    X(previous_above)                                                                                        \
    X(previous_person)                                                                                       \
    X(previous_whole)                                                                                        \
    X(comma_end_behind)                                                                                      \
    X(stop_end_behind)                                                                                       \
    X(comma_before)                                                                                          \
    X(colon_before)                                                                                          \
    X(nearest_before)                                                                                        \
    X(nearest_behind)                                                                                        \
    X(sentence_over)                                                                                         \
    X(attributed_else)                                                                                       \
    X(attributed)                                                                                            \
    X(attributed_surely)                                                                                     \
    X(adjacent)                                                                                              \
    X(first_in_paragraph)

#define DSR_SAID_ENUMERATE(name) DSR_F_##name,
typedef enum dsr_said_feature {
    DSR_SAID_FEATURE_LIST(DSR_SAID_ENUMERATE) DSR_SAID_FEATURES
} dsr_said_feature;

#endif
