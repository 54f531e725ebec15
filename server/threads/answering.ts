/** The inside of a thread that is asked questions. */
import { parentPort } from 'node:worker_threads';

/** A numbered question, or to end. */
export type Request<Question> = { id: number; question: Question } | 'close';
export type Reply<Answer> = { id: number; answer: Answer } | { id: number; error: CrossedError };

/** An error crosses between threads by its name and message. */
export interface CrossedError {
  name: string;
  message: string;
}

export const crossed = (error: unknown): CrossedError => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message };
};

/** Answers whatever this thread is asked; `close` runs once everything is answered, then the thread ends. */
export function answerQuestions<Question, Answer>(
  answer: (question: Question) => Promise<Answer>,
  close: () => Promise<void>,
  transferOf: (answer: Answer) => ArrayBuffer[] = () => [],
): void {
  let answered: Promise<unknown> = Promise.resolve();

  const reply = async (id: number, question: Question): Promise<void> => {
    try {
      const found = await answer(question);
      parentPort?.postMessage({ id, answer: found } satisfies Reply<Answer>, transferOf(found));
    } catch (error) {
      parentPort?.postMessage({ id, error: crossed(error) } satisfies Reply<Answer>);
    }
  };

  parentPort?.on('message', (request: Request<Question>) => {
    if (request === 'close') void answered.then(close).then(() => parentPort?.close());
    else answered = Promise.all([answered, reply(request.id, request.question)]);
  });
}
