{{/* Names, labels and images. */}}

{{- define "whirl.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- default $full .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* The name of a part: (list $ "controller"). */}}
{{- define "whirl.name" -}}
{{- printf "%s-%s" (include "whirl.fullname" (index . 0)) (index . 1) -}}
{{- end -}}

{{/* How pods of the same namespace and of others reach a Service: (list $ "controller"). */}}
{{- define "whirl.host" -}}
{{- printf "%s.%s.svc" (include "whirl.name" .) (index . 0).Release.Namespace -}}
{{- end -}}

{{/* By what pods of a part are selected: (list $ "controller"). */}}
{{- define "whirl.selector" -}}
app.kubernetes.io/name: {{ default (index . 0).Chart.Name (index . 0).Values.nameOverride }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{- define "whirl.labels" -}}
{{ include "whirl.selector" . }}
app.kubernetes.io/part-of: whirl
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version }}
{{- end -}}

{{/* The labels of pods: those that change with each version of the chart would restart them all. */}}
{{- define "whirl.podLabels" -}}
{{ include "whirl.selector" . }}
app.kubernetes.io/part-of: whirl
{{- end -}}

{{/* An image's whole name: (list $ "repository:tag"). A registry is put before a name that has none. */}}
{{- define "whirl.imageName" -}}
{{- $registry := (index . 0).Values.image.registry -}}
{{- $name := index . 1 -}}
{{- if and $registry (not (regexMatch "^(localhost|[^/]*[.:][^/]*)/" $name)) -}}
{{- printf "%s/%s" (trimSuffix "/" $registry) $name -}}
{{- else -}}
{{- $name -}}
{{- end -}}
{{- end -}}

{{/* (list $ .Values.router.image "1.2.3"), the last for images without a tag. */}}
{{- define "whirl.image" -}}
{{- $image := index . 1 -}}
{{- include "whirl.imageName" (list (index . 0) (printf "%s:%s" $image.repository (default (index . 2) $image.tag | toString))) -}}
{{- end -}}

{{- define "whirl.serverImage" -}}
{{- include "whirl.image" (list . .Values.image .Chart.AppVersion) -}}
{{- end -}}

{{/* The part that serves the API. */}}
{{- define "whirl.apiPart" -}}
{{- ternary "standalone" "controller" (eq .Values.mode "standalone") -}}
{{- end -}}

{{/* The part that callers reach first. */}}
{{- define "whirl.frontPart" -}}
{{- ternary "router" (include "whirl.apiPart" .) .Values.router.enabled -}}
{{- end -}}

{{/* Where functions and other pods find the API. */}}
{{- define "whirl.apiAddress" -}}
{{- printf "http://%s:8080" (include "whirl.host" (list . (include "whirl.apiPart" .))) -}}
{{- end -}}

{{/* Where callers outside of the cluster find the platform; the address within it where it has no name outside. */}}
{{- define "whirl.publicAddress" -}}
{{- if .Values.api.host -}}
{{- printf "%s://%s" .Values.api.protocol .Values.api.host -}}{{- with .Values.api.port }}:{{ . }}{{ end -}}
{{- else if .Values.router.enabled -}}
{{- printf "http://%s" (include "whirl.host" (list . (include "whirl.plainRouter" .))) -}}
{{- else -}}
{{- include "whirl.apiAddress" . -}}
{{- end -}}
{{- end -}}

{{/* Names of Secrets: the user's, or the chart's. */}}
{{- define "whirl.identitiesSecret" -}}
{{- default (include "whirl.name" (list . "identities")) .Values.identities.existingSecret -}}
{{- end -}}
{{- define "whirl.operatorSecret" -}}
{{- default (include "whirl.name" (list . "operator")) .Values.operator.existingSecret -}}
{{- end -}}
{{- define "whirl.couchdbSecret" -}}
{{- default (include "whirl.name" (list . "couchdb")) .Values.couchdb.existingSecret -}}
{{- end -}}
{{- define "whirl.redisSecret" -}}
{{- default (include "whirl.name" (list . "redis")) .Values.redis.existingSecret -}}
{{- end -}}
{{- define "whirl.tlsSecret" -}}
{{- default (include "whirl.name" (list . "router-tls")) .Values.router.tls.existingSecret -}}
{{- end -}}

{{/* "yes" where there is such a part, else nothing. */}}
{{- define "whirl.hasCluster" -}}
{{- if eq .Values.mode "cluster" }}yes{{ end -}}
{{- end -}}
{{- define "whirl.hasKafka" -}}
{{- if and (eq .Values.mode "cluster") (ne .Values.kafka.mode "external") }}yes{{ end -}}
{{- end -}}
{{- define "whirl.hasZookeeper" -}}
{{- if and (eq .Values.mode "cluster") (eq .Values.kafka.mode "zookeeper") }}yes{{ end -}}
{{- end -}}
{{- define "whirl.hasCouchdb" -}}
{{- if and (eq .Values.mode "cluster") (not .Values.couchdb.external.enabled) }}yes{{ end -}}
{{- end -}}
{{- define "whirl.hasGateway" -}}
{{- if and (eq .Values.mode "cluster") .Values.gateway.enabled }}yes{{ end -}}
{{- end -}}
{{- define "whirl.hasRedis" -}}
{{- if and (include "whirl.hasGateway" .) (not .Values.redis.external) }}yes{{ end -}}
{{- end -}}
{{- define "whirl.hasFeeds" -}}
{{- if and (eq .Values.mode "cluster") .Values.feeds.enabled }}yes{{ end -}}
{{- end -}}
{{/* Whether functions are pods. */}}
{{- define "whirl.hasPods" -}}
{{- if or (eq .Values.mode "standalone") (eq .Values.invoker.backend "kubernetes") }}yes{{ end -}}
{{- end -}}
{{- define "whirl.hasDockerInvokers" -}}
{{- if and (eq .Values.mode "cluster") (eq .Values.invoker.backend "docker") }}yes{{ end -}}
{{- end -}}
{{/* Whether brokers' certificates are checked with one that is brought along. */}}
{{- define "whirl.hasKafkaCertificate" -}}
{{- $kafka := .Values.kafka -}}
{{- if and (eq $kafka.mode "external") $kafka.external.hasCertificate (hasSuffix "tls" $kafka.external.security) }}yes{{ end -}}
{{- end -}}
{{/* How many brokers are the quorum: as many as at the installation, one or three. */}}
{{- define "whirl.kafkaVoters" -}}
{{- $kept := include "whirl.kept" (list . (include "whirl.name" (list . "kafka")) "voters") -}}
{{- default (ternary "3" "1" (ge (int .Values.kafka.replicas) 3)) $kept -}}
{{- end -}}
{{/* Where the router takes plain HTTP, from within the cluster. */}}
{{- define "whirl.plainRouter" -}}
{{- ternary "router-plain" "router" .Values.router.tls.enabled -}}
{{- end -}}
