/* Telling languages apart. */
#include "support.h"

#include <stdio.h>

static const char *identify(world *w, const char *text)
{
    dsr_slice found = dsr_language_identify(w->lexicon, dsr_slice_of(text)), copy;
    assert_int_equal(dsr_arena_copy(w->arena, found, &copy), DSR_OK);
    return copy.ptr;
}

/* clang-format off */
static const struct {
    const char *language, *text;
} samples[] = {
    {"en", "The harbour of the island was closed on Monday because the goats had eaten all of the ropes."},
    {"de", "Der Hafen der Insel wurde am Montag geschlossen, weil die Ziegen alle Seile gefressen hatten."},
    {"fr", "Le port de l'île a été fermé lundi parce que les chèvres avaient mangé toutes les cordes."},
    {"es", "El puerto de la isla fue cerrado el lunes porque las cabras se habían comido todas las cuerdas."},
    {"it", "Il porto dell'isola è stato chiuso lunedì perché le capre avevano mangiato tutte le corde che non erano nuove."},
    {"pt", "O porto da ilha foi fechado na segunda-feira porque as cabras tinham comido todas as cordas que não eram novas."},
    {"nl", "De haven van het eiland werd maandag gesloten omdat de geiten alle touwen hadden opgegeten."},
    {"pl", "Port na wyspie został w poniedziałek zamknięty, ponieważ kozy zjadły wszystkie liny."},
    {"tr", "Adanın limanı pazartesi günü kapatıldı, çünkü keçiler bütün ipleri yemişti."},
    {"ru", "Порт острова был закрыт в понедельник, потому что козы съели все канаты."},
    {"uk", "Порт острова було закрито в понеділок, бо кози з'їли всі канати."},
    {"bg", "Пристанището на острова беше затворено в понеделник, защото козите изядоха всички въжета."},
    {"sr", "Лука на острву је затворена у понедељак, јер су козе појеле сву ужад."},
    {"el", "Το λιμάνι του νησιού έκλεισε τη Δευτέρα."},
    {"ar", "أغلق ميناء الجزيرة يوم الاثنين لأن الماعز أكل كل الحبال."},
    {"fa", "بندر جزیره روز دوشنبه بسته شد، چون بزها همه طناب‌ها را خورده بودند."},
    {"he", "נמל האי נסגר ביום שני כי העזים אכלו את כל החבלים."},
    {"zh", "岛上的港口星期一关闭了，因为山羊吃掉了所有的绳子。"},
    {"ja", "山羊がロープを全部食べたため、島の港は月曜日に閉鎖された。"},
    {"ko", "염소들이 밧줄을 모두 먹어서 월요일에 섬의 항구가 폐쇄되었다."},
    {"th", "ท่าเรือของเกาะปิดเมื่อวันจันทร์"},
    {"hi", "द्वीप का बंदरगाह सोमवार को बंद कर दिया गया।"},
};
/* clang-format on */

static void each_language_is_told(void **state)
{
    world *w = *state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        assert_string_equal(identify(w, samples[i].text), samples[i].language);
}

static void two_small_words_of_one_language_are_enough(void **state)
{
    world *w = *state;
    assert_string_equal(identify(w, "\"Hello there,\" said John Smith."), "en");
    assert_string_equal(identify(w, "\"Hello, Mary,\" said John Smith."), "und");
}

static void what_cannot_be_told_is_und(void **state)
{
    world *w = *state;
    static const char *const texts[] = {"",
                                        " ",
                                        "12:30",
                                        "Oslo",
                                        "OK",
                                        "Oslo Paris Tokyo Lima Cairo Quito Lagos",
                                        "\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80",
                                        "zxq wvk jjj qqq kkk xxx zzz vvv"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(identify(w, texts[i]), "und");
}

static void a_foreign_quotation_does_not_mislead(void **state)
{
    world *w = *state;
    const char *english = samples[0].text;
    char text[4096];
    for (size_t i = 1; i < sizeof samples / sizeof *samples; i++) {
        snprintf(text, sizeof text, "%s %s “%s” %s %s", english, english, samples[i].text, english, english);
        assert_string_equal(identify(w, text), "en");
    }
}

/* Names are of no language; what is left of a short report is. */
static void names_do_not_hide_a_language(void **state)
{
    world *w = *state;
    assert_string_equal(identify(w, "Deputy Minister Ruslan Kalinin met Timur Ibragimov, Aigul Petrova, "
                                    "Halina Dorosh and Maria Lopez "
                                    "Garcia in Almaty on Tuesday. Present were Hans Peter Moller, Jean "
                                    "Claude Dubois, Paolo Rossi, Kofi "
                                    "Mensah, Li Wei, Sergei Volkov, Ahmed Hassan."),
                        "en");
    assert_string_equal(
        identify(
            w,
            "El ministro Ruslan Kalinin se reuni\xc3\xb3 con Timur Ibragimov, Aigul Petrova, Halina Dorosh y "
            "Maria Lopez Garcia en Almaty el martes. Estaban Hans Peter Moller, Jean Claude Dubois, Paolo "
            "Rossi, Kofi Mensah, Li Wei, Sergei Volkov, Ahmed Hassan, y nadie m\xc3\xa1s."),
        "es");
}

static void short_texts_with_many_names(void **state)
{
    world *w = *state;
    assert_string_equal(identify(w,
                                 "Pedro S\xc3\xa1nchez met Ursula von der Leyen. Von der Leyen said Brussels "
                                 "would help. Sanchez thanked her. Luiz In\xc3\xa1"
                                 "cio Lula da Silva called. "
                                 "Lula said hello. President Silva left."),
                        "en");
    assert_string_equal(identify(w, "vladimir putin met angela merkel in moscow on tuesday"), "en");
    assert_string_equal(identify(w, "Ursula von der Leyen, Lula da Silva, Karl van der Berg, Jan de Boer"),
                        "und");
    assert_string_equal(
        identify(w, "Angela Merkel traf Wladimir Putin am Dienstag in Moskau und sprach mit ihm"), "de");
}

static void half_and_half_is_und(void **state)
{
    world *w = *state;
    char text[4096];
    snprintf(text, sizeof text, "%s %s %s %s", samples[0].text, samples[9].text, samples[0].text,
             samples[9].text);
    assert_string_equal(identify(w, text), "und"); /* two scripts */
    snprintf(text, sizeof text, "%s %s %s %s", samples[0].text, samples[1].text, samples[0].text,
             samples[1].text);
    assert_string_equal(identify(w, text), "und"); /* one script */
}

static void only_the_beginning_is_looked_at(void **state)
{
    world *w = *state;
    dsr_slice english =
        repeat(w, "The harbour of the island was closed and the goats were glad of it. ", 8 * 1024);
    dsr_slice russian = repeat(w, "Порт острова был закрыт. ", 64 * 1024), text;
    assert_int_equal(dsr_arena_format(w->arena, &text, "%.*s%.*s", DSR_PRINT(english), DSR_PRINT(russian)),
                     DSR_OK);
    assert_string_equal(identify(w, text.ptr), "en");
}

static void any_text_has_an_answer(void **state)
{
    world *w = *state;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        dsr_slice text = make_soup(w, seed, seed * 7 % 4000);
        dsr_slice once = dsr_language_identify(w->lexicon, text),
                  twice = dsr_language_identify(w->lexicon, text);
        assert_true(once.len == 2 || dsr_slice_equal(once, DSR_SLICE("und")));
        assert_true(dsr_slice_equal(once, twice));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_language_is_told),
        cmocka_unit_test(two_small_words_of_one_language_are_enough),
        cmocka_unit_test(what_cannot_be_told_is_und),
        cmocka_unit_test(a_foreign_quotation_does_not_mislead),
        cmocka_unit_test(names_do_not_hide_a_language),
        cmocka_unit_test(short_texts_with_many_names),
        cmocka_unit_test(half_and_half_is_und),
        cmocka_unit_test(only_the_beginning_is_looked_at),
        cmocka_unit_test(any_text_has_an_answer),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
