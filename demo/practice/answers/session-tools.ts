import type { RealtimeFunctionTool, RealtimeToolsConfig } from 'openai/resources/realtime/realtime';

/** The functions of a session, without its MCP servers. */
export function functionsOf(tools: RealtimeToolsConfig): RealtimeFunctionTool[] {
  return tools.filter((tool): tool is RealtimeFunctionTool => tool.type !== 'mcp' && 'name' in tool);
}

export function hasFunction(name: string, tools: RealtimeToolsConfig): boolean {
  return functionsOf(tools).some((tool) => tool.name === name);
}
