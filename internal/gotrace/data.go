package gotrace

import "encoding/json"

// Data is what a picture of lanes shows, as data: the MIME type
// application/vnd.lanebook+json with kind "lanes". Times are nanoseconds since
// Lanes was called.
type Data struct {
	Version   int      `json:"version"` // 1
	Kind      string   `json:"kind"`    // "lanes"
	Sentences []string `json:"sentences"`
	*Timeline
}

func dataOf(t *Timeline, told []string) ([]byte, error) {
	return json.Marshal(Data{Version: 1, Kind: "lanes", Sentences: told, Timeline: t})
}
