// Command isnad-train learns the coder's models from annotated articles.
//
//	isnad-train -gold ../shared/gold -cv 5        cross-validate, print scores and the table of stances and factualities
//	isnad-train -gold ../shared/gold -out internal/coder/model
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"sync"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/coder"
	"isnad/lexicon"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "isnad-train:", err)
		os.Exit(1)
	}
}

func load(pattern string) ([]*coder.Example, error) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	var all []*coder.Example
	for _, f := range files {
		ex, err := coder.LoadGold(f, strings.Replace(f, ".articles.", ".gold.", 1))
		if err != nil {
			return nil, err
		}
		all = append(all, ex...)
	}
	return all, nil
}

func run() error {
	gold := flag.String("gold", "../shared/gold", "folder of annotated articles")
	cv := flag.Int("cv", 0, "cross-validate with so many folds, over all but the fifth set aside")
	data := flag.String("data", "../shared/data", "folder of plain news, which holds the texts of the project's own annotations")
	notes := flag.String("annotations", "testdata/annotations", "folder of the project's own annotations")
	out := flag.String("out", "", "write the models into this folder")
	held := flag.Bool("held", false, "score the fifth set aside")
	quick := flag.Bool("dev", false, "train on all but the fifth set aside and score dev and denials")
	errs := flag.Int("errors", 0, "print so many sentences with errors; with -cv those of the first fold")
	prof := flag.String("prof", "", "write a CPU profile")
	clusters := flag.String("clusters", "", "learn word groups from the plain news of this data folder, write them with the models")
	sweep := flag.Bool("sweep", false, "with -cv: the levels at several trigger thresholds, and each choice by itself")
	folds := flag.Int("folds", 0, "run only so many of the folds")
	triggers := flag.String("triggers", "", "with -cv: only triggers; first: without the second pass; types: each type too; missed: triggers that are no candidates; ar, en: errors")
	flag.Parse()
	if *folds == 0 {
		*folds = *cv
	}
	if *clusters != "" {
		return learnClusters(*clusters, filepath.Join(*out, "clusters.tsv"))
	}
	if *prof != "" {
		f, err := os.Create(*prof)
		if err != nil {
			return err
		}
		_ = pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
	lex, err := lexicon.Load("")
	if err != nil {
		return err
	}
	ann, err := annotate.NewActors(lex)
	if err != nil {
		return err
	}
	all, err := load(*gold + "/train/*.articles.jsonl")
	if err != nil {
		return err
	}
	more, err := load(*gold + "/train.articles.jsonl")
	if err != nil {
		return err
	}
	all = append(all, more...)
	if more, err = load(*notes + "/composed/*.articles.jsonl"); err != nil {
		return err
	}
	all = append(all, more...)
	own, err := filepath.Glob(*notes + "/*.jsonl")
	if err != nil {
		return err
	}
	if len(own) > 0 {
		more, err := coder.LoadAnnotations(own, *data)
		if err != nil {
			return err
		}
		all = append(all, more...)
	}
	tests := map[string][]*coder.Example{}
	for _, n := range []string{"dev", "denials"} {
		if tests[n], err = load(*gold + "/" + n + ".articles.jsonl"); err != nil {
			return err
		}
	}
	base := coder.Prepare(lex, ann, append(append(append([]*coder.Example{}, all...), tests["dev"]...), tests["denials"]...))
	var train, aside []*coder.Example
	for _, e := range all {
		if e.HeldOut() {
			aside = append(aside, e)
		} else {
			train = append(train, e)
		}
	}
	if *cv > 0 && *triggers != "" {
		var sum *coder.Trial
		for k := range *folds {
			var tr, te []*coder.Example
			for _, e := range train {
				if e.Fold(5**cv)/5 == k {
					te = append(te, e)
				} else {
					tr = append(tr, e)
				}
			}
			t := base.TryTriggers(tr, te, *triggers != "first", os.Stderr)
			if sum == nil {
				sum = t
			} else {
				sum.Add(t)
			}
		}
		sum.Print(os.Stdout, *triggers == "types")
		if *triggers == "missed" {
			sum.Missed(os.Stdout)
		}
		if *triggers == "ar" || *triggers == "en" {
			sum.Errors(os.Stdout, isnad.Lang(*triggers), .3)
		}
		return nil
	}
	if *cv > 0 {
		results := make([]*coder.Tally, *folds)
		thresholds := []float32{.16, .2, .25, .3, .4}
		swept := make([][]*coder.Tally, len(thresholds))
		for i := range swept {
			swept[i] = make([]*coder.Tally, *folds)
		}
		var wg sync.WaitGroup
		sem := make(chan bool, 2)
		for k := range *folds {
			wg.Add(1)
			go func() {
				defer wg.Done()
				sem <- true
				defer func() { <-sem }()
				var tr, te []*coder.Example
				for _, e := range train {
					if e.Fold(5**cv)/5 == k {
						if e.Gold() {
							te = append(te, e)
						}
					} else {
						tr = append(tr, e)
					}
				}
				m, _ := base.Train(tr, os.Stderr)
				wrong := 0
				if k == 0 {
					wrong = *errs
				}
				results[k] = m.Evaluate(te, ann, wrong, os.Stdout)
				if !*sweep {
					return
				}
				for i, x := range thresholds {
					m.SetTrigger(x)
					swept[i][k] = m.Evaluate(te, ann, 0, os.Stdout)
				}
				m.SetTrigger(0.30)
				var show func(*coder.Example, string)
				if *errs > 0 && k == 0 {
					n, skip := *errs, 0
					show = func(e *coder.Example, x string) {
						if skip++; skip%7 == 0 && n > 0 {
							n--
							fmt.Println(e.Article.ID, x)
						}
					}
				}
				m.Parts(te, results[k], show)
			}()
		}
		wg.Wait()
		t := results[0]
		for _, r := range results[1:] {
			t.Add(r)
		}
		for i, x := range thresholds {
			if !*sweep {
				break
			}
			s := swept[i][0]
			for _, r := range swept[i][1:] {
				s.Add(r)
			}
			fmt.Printf("trigger threshold %.2f\n", x)
			s.PrintLevels(os.Stdout)
		}
		fmt.Println("cross-validation")
		t.Print(os.Stdout)
		t.Table(os.Stdout)
	}
	if *quick || *held {
		m, _ := base.Train(train, os.Stderr)
		for _, n := range []string{"dev", "denials"} {
			fmt.Println(n)
			m.Evaluate(tests[n], ann, *errs, os.Stdout).Print(os.Stdout)
		}
		if *held {
			fmt.Println("set aside")
			m.Evaluate(aside, ann, *errs, os.Stdout).Print(os.Stdout)
		}
	}
	if *out != "" {
		whole := &coder.Tally{}
		for k := range 3 {
			var tr, te []*coder.Example
			for _, e := range train {
				if e.Fold(15)/5 == k {
					te = append(te, e)
				} else {
					tr = append(tr, e)
				}
			}
			m, _ := base.Train(tr, io.Discard)
			t := m.Evaluate(te, ann, 0, io.Discard)
			if k == 0 {
				whole = t
			} else {
				whole.Add(t)
			}
		}
		whole.PrintLevels(os.Stdout)
		line := coder.Calibrate(whole)
		whole.Reliability(os.Stdout, line)
		m, w := base.Train(train, os.Stderr)
		m.SetCalibration(line)
		return m.Save(*out, w)
	}
	return nil
}
