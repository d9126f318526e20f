package coder

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"isnad/internal/learn"
)

// The model folder holds one file a model (learn's format), the gate (sorted
// 32-bit hashes) and thresholds.json. All are written by the training command
// from the data list it names; equal data, equal bytes.

func gateBytes(g map[uint32]bool) []byte {
	keys := make([]uint32, 0, len(g))
	for k := range g {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var b bytes.Buffer
	for _, k := range keys {
		_ = binary.Write(&b, binary.LittleEndian, k)
	}
	return b.Bytes()
}

func (c *Coder) load() error {
	for _, m := range []struct {
		name string
		into **learn.Model
	}{{"trigger", &c.trigger}, {"dull", &c.dullness}, {"party", &c.party}, {"shape", &c.shape}, {"voice", &c.voice}, {"stance", &c.stance}, {"fact", &c.fact}, {"second", &c.second}} {
		data, err := modelFiles.ReadFile("model/" + m.name + ".bin")
		if m.name == "second" && errors.Is(err, fs.ErrNotExist) {
			continue // without it the first pass decides
		}
		if err != nil {
			return fmt.Errorf("load model %s: %w", m.name, err)
		}
		if *m.into, err = learn.Unmarshal(data); err != nil {
			return fmt.Errorf("load model %s: %w", m.name, err)
		}
	}
	data, err := modelFiles.ReadFile("model/gate.bin")
	if err != nil || len(data)%4 != 0 {
		return errors.Join(fmt.Errorf("load model gate: %w", learn.ErrModel), err)
	}
	c.gate = make(map[uint32]bool, len(data)/4)
	for i := 0; i < len(data); i += 4 {
		c.gate[binary.LittleEndian.Uint32(data[i:])] = true
	}
	data, err = modelFiles.ReadFile("model/thresholds.json")
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("load thresholds: %w", err)
	}
	if err := json.Unmarshal(data, &c.thresholds); err != nil {
		return fmt.Errorf("load thresholds: %w", err)
	}
	return nil
}

// Save writes weights and thresholds into a model folder.
func (c *Coder) Save(dir string, w Weights) error {
	for name, data := range w {
		if err := os.WriteFile(filepath.Join(dir, name+".bin"), data, 0o644); err != nil {
			return fmt.Errorf("save model: %w", err)
		}
	}
	data, err := json.MarshalIndent(c.thresholds, "", " ")
	if err != nil {
		return fmt.Errorf("save thresholds: %w", err)
	}
	return os.WriteFile(filepath.Join(dir, "thresholds.json"), append(data, '\n'), 0o644)
}
