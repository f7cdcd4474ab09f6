{{/* Who reaches whom: for each part its ports, and the parts that may call them. */}}
{{- define "whirl.callers" -}}
{{- $api := include "whirl.apiPart" . -}}
{{- if .Values.router.enabled }}
router:
  ports: [8080, {{ if .Values.router.tls.enabled }}8443, {{ end }}8081]
  anybody: true
{{- end }}
{{ $api }}:
  ports: [8080]
  anybody: {{ not .Values.router.enabled }}
  functions: {{ ne (include "whirl.hasPods" .) "" }}
  metrics: true
  from: [{{ if eq $api "controller" }}controller, invoker, gateway, feeds, {{ end }}router, load-test, test]
{{- if include "whirl.hasCluster" . }}
{{- if include "whirl.hasPods" . }}
invoker:
  ports: [3234]
  metrics: true
{{- end }}
{{- if include "whirl.hasKafka" . }}
kafka:
  ports: [9092, 9093]
  from: [controller, invoker, kafka, database, catalog]
{{- end }}
{{- if include "whirl.hasZookeeper" . }}
zookeeper:
  ports: [2181, 2888, 3888]
  from: [kafka, zookeeper]
{{- end }}
{{- if include "whirl.hasCouchdb" . }}
couchdb:
  ports: [5984]
  from: [controller, invoker, feeds, database, catalog]
{{- end }}
{{- if include "whirl.hasRedis" . }}
redis:
  ports: [6379]
  from: [controller, gateway]
{{- end }}
{{- if include "whirl.hasGateway" . }}
gateway:
  ports: [8080]
  metrics: true
  from: [router]
{{- end }}
{{- if include "whirl.hasFeeds" . }}
feeds:
  ports: [8080]
  metrics: true
{{- end }}
{{- end }}
{{- end -}}
