package main

// What the proxies are told, with their addresses left open. All pass everything on to
// one server over connections that they keep, and let one origin read the answers.

const gateway = `
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["corsheaders", "proxy"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]
CORS_ALLOWED_ORIGINS = ["https://app.example.com"]

[[PROXY_ROUTES]]
path = "/"
upstream = "http://%s"
`

const caddyfile = `{
	admin off
	auto_https off
}
http://%s {
	bind 127.0.0.1
	%s
	@cors header Origin https://app.example.com
	header @cors Access-Control-Allow-Origin https://app.example.com
	header +Vary Origin
	reverse_proxy %s {
		transport http {
			keepalive_idle_conns_per_host 128
		}
	}
}
`

const nginxConf = `
daemon off;
worker_processes auto;
pid %s/nginx.pid;
events { worker_connections 1024; }
http {
	access_log off;
	client_body_temp_path body;
	proxy_temp_path proxy;
	fastcgi_temp_path fastcgi;
	uwsgi_temp_path uwsgi;
	scgi_temp_path scgi;
	keepalive_requests 1000000000;
	upstream behind {
		server %s;
		keepalive 128;
		keepalive_requests 1000000000;
	}
	map $http_origin $cors {
		"https://app.example.com" "https://app.example.com";
	}
	server {
		listen %s;
		location / {
			proxy_pass http://behind;
			proxy_http_version 1.1;
			proxy_set_header Connection "";
			proxy_set_header Host $host;
			proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
			proxy_set_header X-Forwarded-Proto $scheme;
			add_header Access-Control-Allow-Origin $cors;
			add_header Vary Origin;
		}
	}
}
`
