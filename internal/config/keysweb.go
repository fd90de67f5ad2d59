package config

// webKeys are those of the pages for customers and agents.
func webKeys() []Key {
	return []Key{
		{Name: "web.public-url", Kind: origin(),
			Doc: "Address of the desk as browsers see it, such as https://help.example.com; with https, cookies are for encrypted connections only. Without it links are made from the request."},
		{Name: "web.embed-origins", Kind: origins(),
			Doc: "Web sites that may show the desk inside their pages with embed.js; every other site is refused by browsers."},
		{Name: "console.enabled", Kind: boolean(), Default: "true",
			Doc: "Serve the pages for support agents at /agent/. Nobody can sign in before an account is made with passdesk agent add."},
	}
}
