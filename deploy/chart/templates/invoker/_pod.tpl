{{/* What invokers are, however they are placed. */}}

{{- define "whirl.invoker.wait" -}}
{{- include "whirl.wait" (dict "root" . "for" (list "broker" "database" (printf "http://%s:8080/ping" (include "whirl.host" (list . "controllers")))) "config" "invoker" "env" (include "whirl.env.cluster" .) "mounts" (include "whirl.trustMounts" . | trim)) }}
{{- end -}}

{{- define "whirl.invoker.env" -}}
- {name: WHIRL_HEAP, value: {{ .Values.invoker.heap | quote }}}
{{ include "whirl.env.cluster" . }}
{{ include "whirl.env.operator" (list . "INVOKER") }}
{{- with include "whirl.env.encryption" . }}
{{ . }}
{{- end }}
{{- end -}}

{{- define "whirl.invoker.probes" -}}
ports:
  - {name: http, containerPort: 3234}
startupProbe:
  httpGet: {path: /ping, port: http}
  periodSeconds: 2
  failureThreshold: 150
readinessProbe:
  httpGet: {path: /ready, port: http}
  periodSeconds: 5
  timeoutSeconds: 2
livenessProbe:
  httpGet: {path: /ping, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
resources:
  {{- toYaml .Values.invoker.resources | nindent 2 }}
{{- end -}}
