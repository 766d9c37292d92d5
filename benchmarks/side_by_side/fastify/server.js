// Paymo's project by its id out of a map in memory: what an adapter written for one tool costs in Node.
// One process per core, a compiled answer shape, a check of the caller's key; no store, no log.
//   node server.js PORT WORKERS PROJECTS
import cluster from "node:cluster";
import { timingSafeEqual } from "node:crypto";
import Fastify from "fastify";

const [port, workers, count] = process.argv.slice(2).map(Number);

const text = { type: "string" };
const integer = { type: "integer" };
const flag = { type: "boolean" };
const project = {
  type: "object",
  properties: {
    id: integer, name: text, code: text, description: text, client_id: integer, status_id: integer, active: flag,
    billable: flag, flat_billing: flag, budget_hours: { type: "number", nullable: true }, color: text,
    price_per_hour: { type: "number", nullable: true }, users: { type: "array", items: integer },
    managers: { type: "array", items: integer }, created_on: text, updated_on: text,
  },
};
const response = { 200: { type: "object", properties: { projects: { type: "array", items: project } } } };

function serve() {
  const projects = new Map();
  for (let i = 1; i <= count; i++)
    projects.set(1000 + i, {
      id: 1000 + i, name: `Project ${i}`, code: String(i), client_id: 1 + (i % 50), status_id: 401 + (i % 3),
      description: "What this project is about, in a sentence or two.", active: i % 3 === 0, billable: true,
      flat_billing: false, budget_hours: null, color: "#E55E45", price_per_hour: null, users: [101 + (i % 200)],
      managers: [101 + (i % 200)], created_on: "2020-09-13T12:26:40Z", updated_on: "2020-09-13T12:26:40Z",
    });
  const expected = Buffer.from("Basic " + Buffer.from("0123456789abcdef0123456789abcdef:X").toString("base64"));
  const app = Fastify();
  app.addHook("onRequest", (request, reply, done) => {
    const given = Buffer.from(request.headers.authorization ?? "");
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      return reply.code(401).send({ message: "Unauthorized" });
    done();
  });
  app.get("/api/projects/:id", { schema: { response } }, (request, reply) => {
    const found = projects.get(Number(request.params.id));
    if (!found) return reply.code(404).send({ message: "Object not found" });
    reply.send({ projects: [found] });
  });
  app.listen({ port, host: "127.0.0.1" });
}

if (cluster.isPrimary) for (let i = 0; i < workers; i++) cluster.fork();
else serve();
