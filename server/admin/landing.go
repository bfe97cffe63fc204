package admin

import (
	"html/template"
	"net/http"
)

// landingText is the host's page until there is a dashboard: in plain words what
// goes on and where to read more.
var landingText = template.Must(template.New("landing").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{.Name}} - host</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; background: #0b0e14; color: #d6dde8 }
a { color: #7fd4ff } td, th { text-align: left; padding: 0 1.5rem 0 0 }
</style>
<h1>{{.Name}}</h1>
<p>Version {{.Version}}, mode {{.Mode}}, map {{.Map}}. {{.Players}} playing, {{.Spectators}} watching, {{.Bots}} bots, room for {{.Max}}.</p>
<table>
<tr><th>Room</th><th>Playing</th><th>Watching</th><th>Bots</th><th></th></tr>
{{range .Rooms}}<tr><td>{{.Name}}</td><td>{{.Players}} of {{.Max}}</td><td>{{.Spectators}}</td><td>{{.Bots}}</td><td><a href="/rooms/{{.Name}}/bytes">what is sent</a></td></tr>
{{end}}</table>
<ul>
<li><a href="/livez">livez</a>: is the server alive?</li>
<li><a href="/readyz">readyz</a>: does it want more players?</li>
<li><a href="/metrics">metrics</a>: figures for Prometheus</li>
<li><a href="/api/v1/status">status</a> and <a href="/api/v1/rooms">rooms</a>: as everybody may read them on the game port</li>
<li><a href="/debug/pprof/">pprof</a>: profiles, from this machine only</li>
</ul>
</html>
`))

func (a *Admin) landing(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := landingText.Execute(w, a.src.Status()); err != nil {
		a.log.Debug("host page ended early", "error", err)
	}
}
