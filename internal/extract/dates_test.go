package extract

import (
	"errors"
	"strings"
	"testing"
	"time"

	"isnad/lexicon"
)

func lex(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func calendar(t testing.TB) *Calendar {
	t.Helper()
	c, err := NewCalendar(lex(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTables(t *testing.T) {
	for _, p := range lex(t).Check() {
		if strings.Contains(p.File, "months.tsv") || strings.Contains(p.File, "debris.tsv") {
			t.Error(p)
		}
	}
}

func TestParseDate(t *testing.T) {
	c := calendar(t)
	for _, test := range []struct{ in, want string }{
		{"2018", "2018"},
		{"2023-12", "2023-12"},
		{"2024-11-19", "2024-11-19"},
		{"2024-11-19T14:31:00+02:00", "2024-11-19T14:31:00+02:00"},
		{"2024-11-19T14:31:00.123Z", "2024-11-19T14:31:00Z"},
		{"2015-07-21 02:51:32", "2015-07-21T02:51:32"},
		{"2024-11-19T14:31", "2024-11-19T14:31"},
		{"2024-11-19T14:31+0200", "2024-11-19T14:31:00+02:00"},
		{"٢٠٢٤-١١-١٩", "2024-11-19"},
		{"الثلاثاء، 19 نوفمبر 2024 02:31 م", "2024-11-19T14:31"},
		{"الثلاثاء 19 نوفمبر 2024 - 02:31 صباحا", "2024-11-19T02:31"},
		{"الثلاثاء ١٩ نوفمبر ٢٠٢٤ الساعة ١٢:٠٥ ص", "2024-11-19T00:05"},
		{"19 تشرين الثاني 2024", "2024-11-19"},
		{"19 تشرين الثاني (نوفمبر) 2024", "2024-11-19"},
		{"19 تشرين الثاني/نوفمبر 2024", "2024-11-19"},
		{"3 مايو (أيار) 2024م", "2024-05-03"},
		{"3 أيار/ مايو 2024", "2024-05-03"},
		{"الجمعة 12 جويلية 2013", "2013-07-12"},
		{"14 غشت 2020", "2020-08-14"},
		{"5 فيفري 2019", "2019-02-05"},
		{"2 كانون ثاني 2020", "2020-01-02"},
		{"مايو 2024", "2024-05"},
		{"تشرين الأول/أكتوبر 2023", "2023-10"},
		{"الأربعاء، 28 آب/اغسطس 2013، آخر تحديث 14:00 (GMT+0400)", "2013-08-28T14:00:00+04:00"},
		{"آخر تحديث: 14:00 بتوقيت غرينتش، 28 أغسطس 2013", "2013-08-28T14:00:00Z"},
		{"19 نوفمبر 2024 الساعة 9:05 مساء بتوقيت القاهرة", "2024-11-19T21:05:00+02:00"},
		{"19 يوليو 2024 الساعة 9 مساء بتوقيت القاهرة", "2024-07-19T21:00:00+03:00"},
		{"19 نوفمبر 2024 21:05 بتوقيت مكة المكرمة", "2024-11-19T21:05:00+03:00"},
		{"19 نوفمبر 2024 21:05 (+03:00)", "2024-11-19T21:05:00+03:00"},
		{"19 نوفمبر 2024 21:05 بالتوقيت المحلي", "2024-11-19T21:05"},
		{"نشر في: 19/11/2024", "2024-11-19"},
		{"2024/8/3", "2024-08-03"},
		{"3/8/2024 تاريخ النشر", "2024-08-03"},
		{"19.11.2024", "2024-11-19"},
		{"2026-01-08 | 12:42", "2026-01-08T12:42"},
		{"4 شوال 1436 هـ", "2015-07-20"},
		{"الاثنين 4 شوال 1436هـ الموافق 20 يوليو 2015م", "2015-07-20"},
		{"الاثنين 4 شوال 1436 هـ - 20 يوليو 2015 م - 10:30 ص", "2015-07-20T10:30"},
		{"1 محرم 1446", "2024-07-07"},
		{"1436/10/4", "2015-07-20"},
		{"November 19, 2024", "2024-11-19"},
		{"Nov. 19th, 2024", "2024-11-19"},
		{"19th of November, 2024", "2024-11-19"},
		{"19 November 2024", "2024-11-19"},
		{"Tue, 19 Nov 2024 14:31:00 GMT", "2024-11-19T14:31:00Z"},
		{"Tue, 19 Nov 2024 14:31:00 +0300", "2024-11-19T14:31:00+03:00"},
		{"Tuesday, November 19, 2024 2:31 PM EST", "2024-11-19T14:31:00-05:00"},
		{"Published 2:31 p.m., Nov 19, 2024", "2024-11-19T14:31"},
		{"11/19/2024", "2024-11-19"},
		{"3/8/2024", "2024"}, // March or August: only the year is known
	} {
		got, err := c.Parse(test.in)
		if err != nil || got != test.want {
			t.Errorf("%q: got %q, %v; want %q", test.in, got, err, test.want)
		}
	}
}

func TestParseDateErrors(t *testing.T) {
	c := calendar(t)
	for _, in := range []string{"", "yesterday", "أمس", "31 فبراير 2024", "2024-02-30", "2024-13-01", "0001-01-01",
		"2024-11-19T25:00", "19 نوفمبر", "نوفمبر", "12 34 5678", "99/99/2024"} {
		if got, err := c.Parse(in); !errors.Is(err, ErrDate) {
			t.Errorf("%q: got %q, %v; want ErrDate", in, got, err)
		}
	}
}

func TestDateLine(t *testing.T) {
	c := calendar(t)
	for in, want := range map[string]bool{
		"الثلاثاء، 19 نوفمبر 2024 02:31 م":                  true,
		"نشر في: الثلاثاء 19 نوفمبر 2024 - آخر تحديث 02:31": true,
		"Published 19 November 2024":                        true,
		"مايو 2024":                                         false,
		"وقعت الدولتان الاتفاقية في 19 يونيو 2024 في بيونغ يانغ خلال زيارة": false,
		"بوتين وكيم": false,
	} {
		if _, got := c.Line(in); got != want {
			t.Errorf("%q: got %v, want %v", in, got, want)
		}
	}
}

// Every Hijri month begins the day after the one before it ends, 29 or 30 days
// later; the library's table has one of 28 (1364-8), and the seam between the two
// calendars may be off by a day.
func TestHijriMonths(t *testing.T) {
	var last time.Time
	for year := 1300; year <= 1500; year++ {
		for month := 1; month <= 12; month++ {
			d, ok := hijriToGregorian(year, month, 1)
			if !ok {
				t.Fatalf("%d-%d: not converted", year, month)
			}
			day := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
			if n := day.Sub(last).Hours() / 24; !last.IsZero() && (n < 28 || n > 31 || n != 29 && n != 30 && year != 1356 && year != 1364) {
				t.Errorf("%d-%d begins %v days after the month before", year, month, n)
			}
			last = day
		}
	}
}

func TestFuture(t *testing.T) {
	now := time.Date(2024, 11, 19, 12, 0, 0, 0, time.UTC)
	for in, want := range map[string]bool{"2024": false, "2025": true, "2024-11": false, "2024-12": true, "2024-11-21": false,
		"2024-11-21T09:00:00Z": false, "2024-11-22": true} {
		if got := future(in, now); got != want {
			t.Errorf("%s: got %v, want %v", in, got, want)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	c := calendar(f)
	for _, s := range []string{"الثلاثاء، 19 نوفمبر 2024 02:31 م", "4 شوال 1436 هـ", "Nov 19, 2024 2:31 PM GMT+3", "1/2/2003", "30 صفر 1356"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		iso, err := c.Parse(s)
		if err != nil {
			return
		}
		if again, err := c.Parse(iso); err != nil || again != iso {
			t.Errorf("%q gives %q, which gives %q, %v", s, iso, again, err)
		}
	})
}
