namespace Contrastive.Notebooks.Tests;

/// <summary>What each example of docs/ingredients.md must do: a cell that runs after it and throws if it does not.</summary>
internal static class IngredientChecks
{
    /// <summary>A cell before the check.</summary>
    public const string Tools = """
        void Same<T>(IEnumerable<T> expected, IEnumerable<T> actual, string what)
        {
            if (!expected.SequenceEqual(actual))
                throw new Exception($"{what}: expected {string.Join(", ", expected)}; it is {string.Join(", ", actual)}.");
        }

        void True(bool truth, string what) => Same([true], [truth], what);

        long[] Numbers(Tensor indices) => indices.data<long>().ToArray();
        double[] Values(Tensor values) => values.detach().flatten().to(float64).data<double>().ToArray();
        """;

    public static IReadOnlyDictionary<string, string> Cells { get; } = new Dictionary<string, string>
    {
        ["A sampler"] = """
            (long Anchor, long Positive)[] Epoch(NearInTime sampler) =>
                [.. sampler.NextEpoch().SelectMany(batch => Numbers(batch.Anchors).Zip(Numbers(batch.Positives)))];
            var (epoch0, epoch1) = (Epoch(pairs), Epoch(pairs));
            Same(Enumerable.Range(0, 100).Select(frame => (long)frame), epoch0.Select(pair => pair.Anchor).Order(), "every frame once");
            Same([1L, 2, 3], epoch0.Select(pair => pair.Positive - pair.Anchor).Distinct().Order(), "one of the next three");
            True(!epoch0.SequenceEqual(epoch1), "another order in the next epoch");
            var again = new NearInTime(frames: 103, batchSize: 20, seed: 1) { State = new SamplerState(1, 0) };
            Same(epoch1, Epoch(again), "an epoch drawn again");
            """,
        ["A sampler that a checkpoint resumes"] = """
            var whole = Batches();
            long[][] expected = [.. whole.NextEpoch().Select(Numbers), .. whole.NextEpoch().Select(Numbers)];
            Same(Enumerable.Range(0, 50).Select(item => (long)item), expected[..5].SelectMany(batch => batch).Order(), "the easy half first");
            var resumed = Batches();
            Same([3], [new Checkpoint("training.checkpoint").With("batches", resumed).Resume()], "the step");
            long[][] rest = [.. resumed.NextEpoch().Select(Numbers), .. resumed.NextEpoch().Select(Numbers)];
            Same(expected[3..].SelectMany(batch => batch), rest.SelectMany(batch => batch), "the batches that are left, and the next epoch");
            """,
        ["Several data sets, one a batch"] = """
            var turns = new List<int>();
            foreach (var (source, indices) in new MixedBatches<Tensor>(sources, seed: 3, Mixing.Proportional).NextEpoch())
            {
                turns.Add(source);
                True(indices.size(0) == (source == 0 ? 50 : 30), "a batch of its data set");
            }
            Same([10, 4], [turns.Count(source => source == 0), turns.Count(source => source == 1)], "each its share");
            Same([0, 1, 0, 1], new MixedBatches<Tensor>(sources, seed: 3, Mixing.RoundRobin).NextEpoch().Select(batch => batch.Source).Take(4), "in turn");
            """,
        ["No duplicates in a batch"] = """
            var batchesOfTexts = new DistinctBatches([anchors, positives], batchSize: 3, seed: 1);
            var drawn = new List<long>();
            for (var epoch = 0; epoch < 20; epoch++)
            {
                foreach (var indices in batchesOfTexts.NextEpoch())
                {
                    var batch = Numbers(indices);
                    drawn.AddRange(batch);
                    Same([3, 6], [batch.Length, batch.SelectMany(item => new[] { anchors[item], positives[item] }).Distinct().Count()], "different texts in both columns");
                }
            }
            True(drawn.Count == 20 * 6 && Enumerable.Range(0, 6).All(item => drawn.Count(other => other == item) >= 10), "two batches an epoch, in which all items come about");
            """,
        ["A loss"] = """
            var (a, b) = (randn(6, 4, dtype: float64).requires_grad_(), randn(6, 4, dtype: float64));
            var logWeights = randn(6, 6, dtype: float64);
            var mask = rand(6, 6) > 0.7;
            var own = new MarginInfoNce(0.5, 0.2).Compute(a, b, new Negatives { Exclude = mask, LogWeights = logWeights, Ids = tensor(new long[] { 0, 1, 0, 2, 3, 4 }) });
            var expected = 0.0;
            for (var i = 0; i < 6; i++)
            {
                double Score(int j) => Similarity.Cosine(a[i].unsqueeze(0), b[j].unsqueeze(0)).item<double>();
                var positive = Math.Exp((Score(i) - 0.2) / 0.5);
                var others = Enumerable.Range(0, 6).Where(j => j != i && !mask[i, j].item<bool>() && !(i + j == 2 && i * j == 0))
                    .Sum(j => Math.Exp(Score(j) / 0.5 + logWeights[i, j].item<double>()));
                expected -= Math.Log(positive / (positive + others)) / 6;
            }
            True(Math.Abs(expected - own.item<double>()) < 1e-7, $"{expected} by the equation, {own.item<double>()} by the loss");
            own.backward();
            True(Values(a.grad).All(double.IsFinite), "a gradient");
            var plain = new MarginInfoNce(0.5, 0).Compute(a, b).item<double>();
            True(Math.Abs(plain - new InfoNceLoss(0.5).Compute(a, b).item<double>()) < 1e-9, "without a margin it is InfoNCE");
            """,
        ["Negatives of a loss"] = """
            var keep = NegativeFilter.Keep(similarities, similarities.diagonal(), easiest: -0.9, fraction: 1.5);
            var weights = HardnessWeights.Of(similarities, 1, itself);
            var (guided, sure) = (Similarity.Cosine(guide1, guide2), Similarity.Cosine(guide1, guide2).diagonal());
            var total = 0.0;
            for (var i = 0; i < 8; i++)
            {
                var positive = Math.Exp(similarities[i, i].item<float>() / 0.1);
                var ceiling = sure[i].item<float>() - 0.05 * Math.Abs(sure[i].item<float>());
                var others = Enumerable.Range(0, 8).Where(j => j != i && i % 7 != j % 7 && keep[i, j].item<bool>() && guided[i, j].item<float>() <= ceiling)
                    .Sum(j => weights[i, j].item<float>() * Math.Exp(similarities[i, j].item<float>() / 0.1));
                total -= Math.Log(positive / (positive + others)) / 8;
            }
            True(Math.Abs(total - loss.item<float>()) < 1e-4 * Math.Max(1, total), $"{total} by the equation, {loss.item<float>()} by the loss");
            """,
        ["A loss at several sizes of the embedding"] = """
            Same([32, 16, 8], atEach.Select(entry => entry.Dimension), "the sizes");
            True(atEach.All(entry => entry.Value is >= 0 and <= 1) && atEach[0].Value >= atEach[2].Value, "more numbers tell more");
            Same([32L], network.get_parameter("weight").grad!.ne(0).any(1).sum().data<long>().ToArray(), "each size learns");
            """,
        ["A teacher's scores"] = """
            True(Values(student.get_parameter("weight").grad!).Any(value => value != 0), "the student learns");
            var (anchors, candidates) = (randn(16, 32, dtype: float64), randn(16, 4, 32, dtype: float64));
            var (margin, divergence) = (0.0, 0.0);
            for (var i = 0; i < 16; i++)
            {
                var s = Enumerable.Range(0, 4).Select(j => (anchors[i] * candidates[i, j]).sum().item<double>()).ToArray();
                var t = Enumerable.Range(0, 4).Select(j => (double)teacherScores[i, j].item<float>()).ToArray();
                margin += Enumerable.Range(1, 3).Sum(j => Math.Pow(s[0] - s[j] - (t[0] - t[j]), 2)) / (16 * 3);
                double[] LogSoftmax(double[] scores) => [.. scores.Select(score => score - scores.Max() - Math.Log(scores.Sum(other => Math.Exp(other - scores.Max()))))];
                var (q, p) = (LogSoftmax(s), LogSoftmax(t));
                divergence += Enumerable.Range(0, 4).Sum(j => Math.Exp(p[j]) * (p[j] - q[j])) / 16;
            }
            void Equals(double expected, IDistillationLoss loss)
            {
                var value = loss.Compute(anchors, candidates, teacherScores.to(float64)).item<double>();
                True(Math.Abs(expected - value) < 1e-6 * expected, $"{expected} by the equation, {value} by {loss}");
            }
            Equals(margin, distillation);
            Equals(divergence, new KlDistillationLoss(temperature: 1));
            """,
        ["An optimizer"] = """
            using TorchSharp.Modules;
            Linear Module() => nn.Linear(3, 2, dtype: float64);
            var gradients = new Generator(1);
            void Step(Linear module, Lion lion, Dictionary<string, double[]> oracle, Dictionary<string, double[]> means)
            {
                foreach (var (name, parameter) in module.named_parameters())
                {
                    parameter.grad = randn(parameter.shape, float64, generator: gradients);
                    var (value, mean, gradient) = (oracle[name], means[name], Values(parameter.grad));
                    for (var i = 0; i < value.Length; i++)
                    {
                        var decay = name == "weight" ? 0.3 : 0;
                        value[i] -= 0.05 * (Math.Sign(0.9 * mean[i] + 0.1 * gradient[i]) + decay * value[i]);
                        mean[i] = 0.99 * mean[i] + 0.01 * gradient[i];
                    }
                }
                lion.Step();
                foreach (var (name, parameter) in module.named_parameters())
                    True(Values(parameter).Zip(oracle[name]).All(pair => Math.Abs(pair.First - pair.Second) < 1e-12), $"{name} by algorithm 2");
            }
            var (linear, other) = (Module(), Module());
            var values = linear.named_parameters().ToDictionary(member => member.name, member => Values(member.parameter));
            var memory = values.ToDictionary(entry => entry.Key, entry => new double[entry.Value.Length]);
            var (lion, second) = (new Lion([new ParameterGroup(linear)], 0.05, 0.3), new Lion([new ParameterGroup(other)], 0.05, 0.3));
            Checkpoint Keep(Linear module, Lion optimizer) => new Checkpoint("lion.checkpoint").With("module", module).With("optimizer", optimizer);
            for (var step = 0; step < 4; step++)
                Step(linear, lion, values, memory);
            Keep(linear, lion).Save(4);
            Same([4], [Keep(other, second).Resume()], "the step");
            Step(other, second, values, memory);
            """,
        ["Groups of parameters"] = """
            var before = network.named_parameters().ToDictionary(member => member.name, member => Values(member.parameter));
            foreach (var parameter in network.parameters())
                parameter.grad = zeros_like(parameter);
            optimizer.Step();
            // Without gradients AdamW only decays: by rate × decay.
            var shares = new Dictionary<string, double> { ["encoder.weight"] = 1 - 1e-4 * 0.2, ["head.weight"] = 1 - 1e-3 * 0.2 };
            foreach (var (name, parameter) in network.named_parameters())
                True(Values(parameter).Zip(before[name]).All(pair => Math.Abs(pair.First - pair.Second * shares.GetValueOrDefault(name, 1)) < 1e-7), name);
            True(Values(network.get_parameter("head.weight")).Zip(before["head.weight"]).All(pair => Math.Abs(pair.First) < Math.Abs(pair.Second)), "decay");
            """,
        ["An augmentation"] = """
            var images = full([50, 3, 4, 4], 0.5);
            var (view1, view2) = views.Apply(images, new Generator(1));
            var factors = Values(view1[.., 0, 0, 0]);
            True(view1.eq(view1.amax([1L, 2, 3], keepdim: true)).all().item<bool>(), "one factor an image");
            True(factors.Min() is >= 0.3 and < 0.35 && factors.Max() is <= 0.7 and > 0.65 && factors.Distinct().Count() > 40, "between 0.3 and 0.7");
            True(Values(images).All(value => value == 0.5), "the given images stay");
            Same(factors, Values(views.Apply(images, new Generator(1)).Item1[.., 0, 0, 0]), "the same generator");
            """,
        ["A tokenizer with its encoder"] = """
            var rows = encoder.Encode(["The doctor sees the farmer", "a farmer", "the doctor"]);
            Same([3L, 16], rows.shape, "a row a sentence");
            var table = encoder.get_parameter("encoder.table.weight");
            long[][] words = [[2, 3, 4, 2, 5], [1, 5], [2, 3]];
            True(stack(words.Select(ids => table[tensor(ids)].mean([0L])).ToArray()).allclose(rows, atol: 1e-6), "the mean of the words");
            Same(["the doctor sees the farmer"], [tokenizer.Decode(tokenizer.Encode("The doctor sees the farmer").Ids)], "back to words");
            True(encoder.call(encoder.Tokenize(["the doctor"])).requires_grad, "trainable");
            """,
        ["Two towers for pictures and text"] = """
            Same([200L], guesses.shape, "a class for each picture");
            True(guesses.ge(0).all().item<bool>() && guesses.lt(3).all().item<bool>(), "one of the three classes");
            Same([1, 5, 10], search.ImageToText.Recalls.Select(recall => recall.K), "recall at 1, 5 and 10");
            True(clip.ImageTower.parameters().All(parameter => parameter.grad is null), "a locked tower gets no gradient");
            True(clip.TextTower.parameters().Any(parameter => parameter.grad is { } gradient && gradient.abs().sum().item<float>() > 0), "the other one does");
            True(clipValue.item<float>() is > 2 and < 10, "a blind guess, ln 32 = 3.5, or somewhat worse: at this scale chance is punished");
            """,
        ["Pictures with captions"] = """
            Same([16, 4], [described.Count, heldOut.Count], "a fifth is held out");
            True(described.Texts.All(text => text.Contains("disk") || text.Contains("square")), "its captions");
            True(described.Notes.Any(note => note.Contains("nowhere.png")), "what is missing is named");
            """,
        ["Pictures"] = """
            Same([16, 4], [train.Count, test.Count], "a fifth is held out");
            Same(["disk", "square"], train.ClassNames, "classes");
            Same([16L, 3, 32, 32], train.Images.shape, "pictures of several sizes");
            """,
        ["Sentences"] = """
            Same(File.ReadAllLines("tickets.txt"), texts.Sentences, "a sentence a line");
            True(texts.Test.Count == 1500 && texts.Triplets.Count == 5000, "the rest from the generated world");
            """,
        ["Triplets"] = """
            Same([18, 12, 12], [labeled.Triplets.Count, labeled.Development.Count, labeled.Test.Count], "two fifths of 30 are held out, as two pairs each");
            True(labeled.Triplets.All(triplet => triplet.Positive == triplet.Anchor.Replace("The ", "My ")), "positives");
            """,
    };
}
