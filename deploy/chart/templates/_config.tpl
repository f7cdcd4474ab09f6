{{/* The files of settings, one for each part: `key = value` lines, as docs/reference/configuration.md lists them. */}}

{{/* Settings that the user gave, after the chart's own. One that is there twice would be refused, so the user's wins. */}}
{{- define "whirl.settings" -}}
{{- range $key, $value := . }}
{{ $key }} = {{ include "whirl.text" $value }}
{{- end }}
{{- end -}}

{{- define "whirl.conf.of" -}}
{{- $settings := mergeOverwrite (dict) .own .given -}}
{{- include "whirl.settings" $settings | trim -}}
{{- end -}}

{{- define "whirl.settings.bus" -}}
{{- $kafka := .Values.kafka -}}
{{- if eq $kafka.mode "external" }}
bus.kafka.servers: {{ $kafka.external.servers | quote }}
bus.kafka.replication-factor: {{ $kafka.external.replicationFactor | quote }}
bus.kafka.security: {{ $kafka.external.security }}
{{- if hasPrefix "sasl" $kafka.external.security }}
bus.kafka.sasl-mechanism: {{ $kafka.external.saslMechanism }}
{{- end }}
{{- if include "whirl.hasKafkaCertificate" . }}
bus.kafka.trust-file: /etc/whirl-kafka/ca.crt
{{- end }}
{{- else }}
bus.kafka.servers: {{ include "whirl.name" (list . "kafka") }}:9092
bus.kafka.replication-factor: {{ min 3 (int $kafka.replicas) | quote }}
{{- end }}
{{- end -}}

{{- define "whirl.settings.store" -}}
{{- if .Values.couchdb.external.enabled }}
store.couchdb.url: {{ .Values.couchdb.external.url | quote }}
{{- if .Values.couchdb.external.trustConfigMap }}
store.couchdb.trust: /etc/whirl-couchdb/ca.crt
{{- end }}
{{- else }}
store.couchdb.url: http://{{ include "whirl.name" (list . "couchdb") }}:5984
{{- end }}
store.couchdb.prefix: {{ .Values.couchdb.prefix | quote }}
{{- end -}}

{{- define "whirl.settings.limits" -}}
{{- range $key, $value := .Values.config.limits }}
limits.{{ $key }}: {{ include "whirl.text" $value | quote }}
{{- end }}
{{- if .Values.encryption.existingSecret }}
parameters.encryption: aes-256
{{- end }}
{{- if .Values.functions.manifest }}
runtimes.manifest: /etc/whirl/runtimes.json
{{- end }}
{{- end -}}

{{- define "whirl.settings.listening" -}}
http.host: 0.0.0.0
http.port: "8080"
{{- end -}}

{{- define "whirl.settings.public" -}}
gateway.url: {{ include "whirl.publicAddress" . }}
feeds.url: {{ include "whirl.publicAddress" . }}
{{- if and .Values.api.vanity .Values.api.host }}
http.vanity-host: {{ .Values.api.host }}
{{- end }}
{{- end -}}

{{- define "whirl.settings.pods" -}}
{{- $functions := .Values.functions -}}
sandbox.backend: kubernetes
sandbox.kubernetes.installation: {{ include "whirl.fullname" . }}
sandbox.kubernetes.api-host: {{ default (include "whirl.apiAddress" .) $functions.apiHost }}
sandbox.kubernetes.images: {{ include "whirl.functionImages" . | quote }}
sandbox.kubernetes.image-traits: {{ printf "%s=marks-output+concurrent+read-only-root" (include "whirl.imageName" (list . "whirl/")) | quote }}
sandbox.kubernetes.registries: {{ join ", " $functions.registries | quote }}
{{- with $functions.imagePullSecrets }}
sandbox.kubernetes.image-pull-secrets: {{ join ", " . | quote }}
{{- end }}
sandbox.kubernetes.node-affinity: {{ $functions.nodeAffinity }}
{{- with $functions.tolerations }}
sandbox.kubernetes.tolerations: {{ join ", " . | quote }}
{{- end }}
sandbox.kubernetes.network-policy: none
sandbox.kubernetes.user: {{ $functions.user | quote }}
sandbox.kubernetes.start-timeout: {{ $functions.startTimeout }}
{{- if $functions.podTemplate }}
sandbox.kubernetes.pod-template: /etc/whirl/pod.yaml
{{- end }}
{{- end -}}

{{- define "whirl.settings.containers" -}}
sandbox.backend: docker
sandbox.docker.socket: {{ .Values.invoker.docker.socket }}
sandbox.docker.network: {{ .Values.invoker.docker.network }}
sandbox.docker.network-deny: {{ join ", " .Values.functions.networkDeny | quote }}
sandbox.docker.api-host: {{ default (include "whirl.publicAddress" .) .Values.functions.apiHost }}
sandbox.docker.images: {{ include "whirl.functionImages" . | quote }}
sandbox.docker.registries: {{ join ", " .Values.functions.registries | quote }}
{{- if .Values.invoker.docker.credentialsSecret }}
sandbox.docker.credentials: /etc/whirl-registries/config.json
{{- end }}
{{- end -}}

{{- define "whirl.functionImages" -}}
{{- $root := . -}}
{{- $pairs := list -}}
{{- range $kind, $image := .Values.functions.images -}}
{{- $pairs = append $pairs (printf "%s=%s" $kind (include "whirl.imageName" (list $root $image))) -}}
{{- end -}}
{{- join ", " $pairs -}}
{{- end -}}

{{- define "whirl.settings.admin" -}}
{{ include "whirl.settings.bus" . }}
{{ include "whirl.settings.store" . }}
{{- end -}}

{{- define "whirl.conf.admin" -}}
{{- include "whirl.conf.of" (dict "own" (include "whirl.settings.admin" . | fromYaml) "given" (dict)) -}}
{{- end -}}

{{- define "whirl.settings.controller" -}}
{{ include "whirl.settings.listening" . }}
{{ include "whirl.settings.bus" . }}
{{ include "whirl.settings.store" . }}
{{ include "whirl.settings.limits" . }}
{{ include "whirl.settings.public" . }}
controller.farewell: {{ .Values.controller.farewell }}
controller.drain-timeout: {{ .Values.controller.drainTimeout }}
gateway.enabled: {{ ternary "yes" "no" .Values.gateway.enabled | quote }}
{{- with .Values.gateway.allowedHosts }}
gateway.allowed-hosts: {{ join ", " . | quote }}
{{- end }}
feeds.enabled: {{ ternary "yes" "no" .Values.feeds.enabled | quote }}
{{- with .Values.feeds.allowedHosts }}
feeds.allowed-hosts: {{ join ", " . | quote }}
{{- end }}
{{- end -}}

{{- define "whirl.conf.controller" -}}
{{- include "whirl.conf.of" (dict "own" (include "whirl.settings.controller" . | fromYaml) "given" .Values.config.controller) -}}
{{- end -}}

{{- define "whirl.settings.invoker" -}}
{{ include "whirl.settings.bus" . }}
{{ include "whirl.settings.store" . }}
{{ include "whirl.settings.limits" . }}
invoker.http.enabled: "yes"
invoker.http.host: 0.0.0.0
invoker.http.port: "3234"
invoker.scratch: /tmp/invoker
invoker.drain-timeout: {{ .Values.invoker.drainTimeout }}
pool.memory: {{ .Values.invoker.memory }}
pool.parallel-starts: {{ .Values.invoker.parallelStarts | quote }}
{{ if eq .Values.invoker.backend "kubernetes" }}{{ include "whirl.settings.pods" . }}{{ else }}{{ include "whirl.settings.containers" . }}{{ end }}
{{- end -}}

{{- define "whirl.conf.invoker" -}}
{{- include "whirl.conf.of" (dict "own" (include "whirl.settings.invoker" . | fromYaml) "given" .Values.config.invoker) -}}
{{- end -}}

{{- define "whirl.settings.gateway" -}}
{{ include "whirl.settings.listening" . }}
gateway.url: {{ include "whirl.publicAddress" . }}
gateway.controllers: {{ include "whirl.apiAddress" . }}
{{- with .Values.gateway.allowedHosts }}
gateway.allowed-hosts: {{ join ", " . | quote }}
{{- end }}
{{- end -}}

{{- define "whirl.conf.gateway" -}}
{{- include "whirl.conf.of" (dict "own" (include "whirl.settings.gateway" . | fromYaml) "given" .Values.config.gateway) -}}
{{- end -}}

{{- define "whirl.settings.feeds" -}}
{{ include "whirl.settings.listening" . }}
{{ include "whirl.settings.store" . }}
feeds.api-host: {{ include "whirl.apiAddress" . }}
feeds.url: {{ include "whirl.publicAddress" . }}
{{- with .Values.feeds.allowedHosts }}
feeds.allowed-hosts: {{ join ", " . | quote }}
{{- end }}
{{- end -}}

{{- define "whirl.conf.feeds" -}}
{{- include "whirl.conf.of" (dict "own" (include "whirl.settings.feeds" . | fromYaml) "given" .Values.config.feeds) -}}
{{- end -}}

{{- define "whirl.settings.standalone" -}}
{{ include "whirl.settings.listening" . }}
{{ include "whirl.settings.limits" . }}
{{ include "whirl.settings.public" . }}
store.data: /data
pool.memory: {{ .Values.standalone.memory }}
pool.parallel-starts: {{ .Values.standalone.parallelStarts | quote }}
gateway.enabled: {{ ternary "yes" "no" .Values.gateway.enabled | quote }}
gateway.allowed-hosts: {{ join ", " .Values.gateway.allowedHosts | quote }}
feeds.enabled: {{ ternary "yes" "no" .Values.feeds.enabled | quote }}
feeds.allowed-hosts: {{ join ", " .Values.feeds.allowedHosts | quote }}
catalog.install: {{ ternary "yes" "no" .Values.jobs.catalog | quote }}
{{ include "whirl.settings.pods" . }}
{{- end -}}

{{- define "whirl.conf.standalone" -}}
{{- include "whirl.conf.of" (dict "own" (include "whirl.settings.standalone" . | fromYaml) "given" .Values.config.standalone) -}}
{{- end -}}

{{/* A value as settings write it: Helm reads whole numbers as 1e+06. */}}
{{- define "whirl.text" -}}
{{- if kindIs "float64" . }}{{ printf "%.0f" . }}{{ else }}{{ . }}{{ end -}}
{{- end -}}

{{/* A duration such as 75s in seconds, rounded up. */}}
{{- define "whirl.seconds" -}}
{{- $number := regexFind "^[0-9]+" . | int64 -}}
{{- $unit := regexFind "[a-z]+$" . -}}
{{- if eq $unit "ms" }}{{ div (add $number 999) 1000 }}
{{- else }}{{ mul $number (index (dict "s" 1 "m" 60 "h" 3600 "d" 86400) $unit) }}
{{- end -}}
{{- end -}}
