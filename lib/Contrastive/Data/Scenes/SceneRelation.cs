namespace Contrastive.Data;

/// <summary>Where one thing lies from another.</summary>
internal enum SceneRelation
{
    LeftOf,
    RightOf,
    Above,
    Below,
}

internal static class SceneRelationExtensions
{
    /// <summary>The least distance along the relation's direction, in half image widths.</summary>
    private const float Least = 0.4f;

    /// <summary>How much longer the distance along the direction is than the one across it.</summary>
    private const float Dominance = 1.5f;

    extension(SceneRelation relation)
    {
        public string Words => relation switch
        {
            SceneRelation.LeftOf => "to the left of",
            SceneRelation.RightOf => "to the right of",
            SceneRelation.Above => "above",
            _ => "below",
        };

        public SceneRelation Opposite => relation switch
        {
            SceneRelation.LeftOf => SceneRelation.RightOf,
            SceneRelation.RightOf => SceneRelation.LeftOf,
            SceneRelation.Above => SceneRelation.Below,
            _ => SceneRelation.Above,
        };

        /// <summary>Whether nobody would doubt it.</summary>
        public bool Holds(SceneObject first, SceneObject second)
        {
            var (right, up) = (first.X - second.X, first.Y - second.Y);
            var (along, across) = relation switch
            {
                SceneRelation.LeftOf => (-right, up),
                SceneRelation.RightOf => (right, up),
                SceneRelation.Above => (up, right),
                _ => (-up, right),
            };
            return along >= Least && along >= Dominance * MathF.Abs(across);
        }
    }
}
